//! Findings as reports.

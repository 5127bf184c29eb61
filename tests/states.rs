//! Each state of a reference, in texts that differ from a good one by it alone.

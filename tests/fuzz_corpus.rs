//! fuzz_corpus

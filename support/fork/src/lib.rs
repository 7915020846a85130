//! A safe fork for the process exercises.

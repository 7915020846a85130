//! Grades exercises.

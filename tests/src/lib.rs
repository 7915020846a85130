//! Helpers for the tests of the course.

//! Checks nothing.

//! The builder from outside: whole books, small ones, built to be refused, served and read.

mod code;
mod fixture;
mod refusals;
mod serve;
mod widgets;

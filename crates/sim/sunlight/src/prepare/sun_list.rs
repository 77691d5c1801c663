//! The suns to look at, with what each is worth.

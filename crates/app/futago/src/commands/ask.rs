//! `futago ask sun`: when is this spot in the sun on that day?

//! What a return desk gives to the post: a numbered list with the receivers' addresses, signed by both sides (RES-02).

pub mod make;
pub mod page;

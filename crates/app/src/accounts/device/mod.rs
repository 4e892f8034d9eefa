pub mod page;
mod qr;

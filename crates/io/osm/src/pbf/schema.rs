//! The messages of the PBF format, as far as they are read.
//!
//! Elements stay packed (`Bytes` of the block) until somebody wants their kind: a pass over relations does not
//! unpack nodes.

use prost::Message;
use prost::bytes::Bytes;

#[derive(Clone, PartialEq, Message)]
pub(crate) struct BlobHeader {
    #[prost(string, tag = "1")]
    pub kind: String,
    #[prost(int32, tag = "3")]
    pub data_size: i32,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Blob {
    #[prost(bytes = "bytes", optional, tag = "1")]
    pub raw: Option<Bytes>,
    #[prost(int32, optional, tag = "2")]
    pub raw_size: Option<i32>,
    #[prost(bytes = "bytes", optional, tag = "3")]
    pub zlib: Option<Bytes>,
    #[prost(bytes = "bytes", optional, tag = "4")]
    pub lzma: Option<Bytes>,
    #[prost(bytes = "bytes", optional, tag = "5")]
    pub bzip2: Option<Bytes>,
    #[prost(bytes = "bytes", optional, tag = "6")]
    pub lz4: Option<Bytes>,
    #[prost(bytes = "bytes", optional, tag = "7")]
    pub zstd: Option<Bytes>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct HeaderBlock {
    #[prost(message, optional, tag = "1")]
    pub bounds: Option<HeaderBounds>,
    #[prost(string, repeated, tag = "4")]
    pub required_features: Vec<String>,
}

/// Nanodegrees.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct HeaderBounds {
    #[prost(sint64, tag = "1")]
    pub west: i64,
    #[prost(sint64, tag = "2")]
    pub east: i64,
    #[prost(sint64, tag = "3")]
    pub north: i64,
    #[prost(sint64, tag = "4")]
    pub south: i64,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct PrimitiveBlock {
    #[prost(message, optional, tag = "1")]
    pub strings: Option<StringTable>,
    #[prost(message, repeated, tag = "2")]
    pub groups: Vec<PrimitiveGroup>,
    #[prost(int32, optional, tag = "17")]
    pub granularity: Option<i32>,
    #[prost(int64, optional, tag = "19")]
    pub lat_offset: Option<i64>,
    #[prost(int64, optional, tag = "20")]
    pub lon_offset: Option<i64>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct StringTable {
    #[prost(bytes = "bytes", repeated, tag = "1")]
    pub texts: Vec<Bytes>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct PrimitiveGroup {
    #[prost(bytes = "bytes", repeated, tag = "1")]
    pub nodes: Vec<Bytes>,
    #[prost(bytes = "bytes", optional, tag = "2")]
    pub dense: Option<Bytes>,
    #[prost(bytes = "bytes", repeated, tag = "3")]
    pub ways: Vec<Bytes>,
    #[prost(bytes = "bytes", repeated, tag = "4")]
    pub relations: Vec<Bytes>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Node {
    #[prost(sint64, tag = "1")]
    pub id: i64,
    #[prost(uint32, repeated, tag = "2")]
    pub keys: Vec<u32>,
    #[prost(uint32, repeated, tag = "3")]
    pub values: Vec<u32>,
    #[prost(sint64, tag = "8")]
    pub lat: i64,
    #[prost(sint64, tag = "9")]
    pub lon: i64,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct DenseNodes {
    #[prost(sint64, repeated, tag = "1")]
    pub ids: Vec<i64>,
    #[prost(sint64, repeated, tag = "8")]
    pub lats: Vec<i64>,
    #[prost(sint64, repeated, tag = "9")]
    pub lons: Vec<i64>,
    #[prost(int32, repeated, tag = "10")]
    pub keys_values: Vec<i32>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Way {
    #[prost(int64, tag = "1")]
    pub id: i64,
    #[prost(uint32, repeated, tag = "2")]
    pub keys: Vec<u32>,
    #[prost(uint32, repeated, tag = "3")]
    pub values: Vec<u32>,
    #[prost(sint64, repeated, tag = "8")]
    pub refs: Vec<i64>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Relation {
    #[prost(int64, tag = "1")]
    pub id: i64,
    #[prost(uint32, repeated, tag = "2")]
    pub keys: Vec<u32>,
    #[prost(uint32, repeated, tag = "3")]
    pub values: Vec<u32>,
    #[prost(int32, repeated, tag = "8")]
    pub roles: Vec<i32>,
    #[prost(sint64, repeated, tag = "9")]
    pub members: Vec<i64>,
    /// 0 node, 1 way, 2 relation.
    #[prost(int32, repeated, tag = "10")]
    pub types: Vec<i32>,
}

// Where snapshots lie other than on this machine, as people write it.
//
//   https://host/cells/cell-a.snap   one file, by HTTP
//   https://host/cells/              those that index.json there lists
//   s3://bucket/cells/cell-a.snap    one object, by its name's end
//   s3://bucket/cells                all objects below cells/ that are named as snapshots are
#pragma once

#include <string>
#include <string_view>

namespace celldrift::store {

// A file that is taken for a snapshot: *.snap, *.snapshot, *.json.gz.
bool is_snapshot_name(std::string_view name);

// "cell-a.snap": what a cell's snapshot is called in a folder. What is not fit for a file's name is
// percent-encoded.
std::string snapshot_name(std::string_view cell);

// Whether a text names such a place, and not a file or folder here.
bool is_remote(std::string_view text);

struct Place {
  enum class Kind { web, bucket };
  Kind kind = Kind::web;
  bool is_folder = false;  // stands for all the snapshots in it
  std::string text;        // for messages: printable, without the query
  std::string server;      // web: "https://host:port"
  std::string host;        // web: "host" or "host:port", as it was written
  std::string path;        // web: "/cells/", encoded; bucket: the key, or "" or "cells/"
  std::string query;       // web: "" or "?sig=…", which may be a secret
  std::string bucket;
};

// Error(usage), which quotes no query and no password, for what is not such a place.
Place parse_place(std::string_view text);

}  // namespace celldrift::store

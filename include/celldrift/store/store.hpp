// Getting snapshots from where others keep them, and putting them there: web servers and S3.
//
// Nothing is written to this machine. Tokens, keys and the queries of URLs are in no message.
#pragma once

#include "celldrift/kube/aws.hpp"
#include "celldrift/store/place.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace celldrift::store {

// Who names a place. A file in a repo must not have our token sent to a host of its choice.
enum class NamedBy { user, repo };

struct Settings {
  std::chrono::milliseconds timeout{60'000};  // for one file, or one listing
  std::size_t concurrency = 16;               // files of a place at once
  std::string token;                          // for web servers; "": none
  // The one host ("host" or "host:port") that the token goes to; "": all that the user names.
  std::string token_host;
  kube::AwsSurroundings aws;
};

// A file as it was fetched, or why it could not be.
struct File {
  std::string place;  // for messages: "s3://bucket/cells/cell-a.snap"
  std::string bytes;
  std::string error;  // "" when `bytes` are there
};

// Thread-safe. Nothing is opened before the first use.
class Stores {
 public:
  explicit Stores(Settings settings);
  ~Stores();
  Stores(const Stores&) = delete;
  Stores& operator=(const Stores&) = delete;

  // The one file of a place, or all snapshots of one that is a folder, in the order of their names:
  // at most 5,000, of 256 MiB each and 4 GiB together. Throws the Error of a list that cannot be
  // had; a file that cannot be has its error beside the others.
  std::vector<File> fetch(const Place& place, NamedBy named_by);

  // Writes a file to the place, or to `name` in one that is a folder; returns where, for messages.
  std::string put(const Place& place, const std::string& name, std::string bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace celldrift::store

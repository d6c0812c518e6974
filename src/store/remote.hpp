// What all stores are to those who fetch: names, and the bytes of each.
#pragma once

#include "celldrift/http/client.hpp"
#include "celldrift/store/store.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::store {

inline constexpr std::size_t max_file_bytes = 256u << 20;
inline constexpr std::size_t max_list_bytes = 16u << 20;
inline constexpr std::size_t max_files = 5000;

// One open place. Thread-safe.
class Remote {
 public:
  virtual ~Remote() = default;
  // Names of the snapshots in a place that is a folder.
  virtual std::vector<std::string> list() = 0;
  // The bytes of one of them; of the place itself for "". Throws an Error.
  virtual std::string get(const std::string& name) = 0;
  virtual void put(const std::string& name, std::string bytes) = 0;
};

// What a question to a store needs.
struct Asking {
  http::Client& client;
  std::chrono::milliseconds timeout;
};

http::Answer ask(const Asking& asking,
                 const std::shared_ptr<http::Server>& server,
                 http::Request request);

// A GET for `target`, path and query, of at most `bytes`.
http::Request get_request(std::string target, std::size_t bytes);
http::Request put_request(std::string target, std::string bytes);

// Error(limit) for more than max_files.
void check_count(std::size_t files, const Place& place);

std::unique_ptr<Remote> open_web(const Place& place,
                                 NamedBy named_by,
                                 const Settings& settings,
                                 const Asking& asking);
std::unique_ptr<Remote> open_bucket(const Place& place,
                                    const kube::AwsIdentity& identity,
                                    const Asking& asking);

}  // namespace celldrift::store

#include "celldrift/store/store.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/parallel.hpp"
#include "celldrift/http/client.hpp"
#include "store/remote.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>

namespace celldrift::store {
namespace {

constexpr std::size_t max_place_bytes = std::size_t{4} << 30;

std::string name_of(const Place& place, const std::string& name) {
  return place.text + (place.text.ends_with('/') || name.empty() ? "" : "/") + printable(name);
}

File fetch_one(Remote& remote,
               const Place& place,
               const std::string& name,
               std::atomic<std::size_t>& total) {
  File file{.place = name_of(place, name), .bytes = "", .error = ""};
  try {
    if (total > max_place_bytes) {
      throw Error(ErrorCode::limit, place.text + " has more than 4 GiB of snapshots");
    }
    file.bytes = remote.get(name);
    total += file.bytes.size();
  } catch (const Error& error) {
    file.error = "cannot fetch the snapshot " + file.place + ": " + error.message();
  }
  return file;
}

}  // namespace

struct Stores::State {
  Settings settings;
  std::mutex mutex;  // what follows
  std::optional<http::Client> client;
  std::optional<kube::AwsIdentity> identity;

  Asking asking() {
    const std::lock_guard lock(mutex);
    if (!client) {
      client.emplace(http::ClientOptions{.connections_per_server = 8});
    }
    return {.client = *client, .timeout = settings.timeout};
  }

  // Asked for once: it may take a question to AWS.
  kube::AwsIdentity aws() {
    const std::lock_guard lock(mutex);
    if (!identity) {
      identity = kube::aws_identity("", settings.aws);
    }
    return *identity;
  }

  std::unique_ptr<Remote> open(const Place& place, NamedBy named_by) {
    return place.kind == Place::Kind::bucket ? open_bucket(place, aws(), asking())
                                             : open_web(place, named_by, settings, asking());
  }
};

Stores::Stores(Settings settings) : state_(std::make_unique<State>()) {
  state_->settings = std::move(settings);
}

Stores::~Stores() = default;

std::vector<File> Stores::fetch(const Place& place, NamedBy named_by) {
  const std::unique_ptr<Remote> remote = state_->open(place, named_by);
  std::vector<std::string> names = place.is_folder ? remote->list() : std::vector<std::string>{""};
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  check_count(names.size(), place);
  std::vector<File> files(names.size());
  std::atomic<std::size_t> total = 0;
  for_each_index(names.size(), state_->settings.concurrency, [&](std::size_t i) {
    files[i] = fetch_one(*remote, place, names[i], total);
  });
  return files;
}

std::string Stores::put(const Place& place, const std::string& name, std::string bytes) {
  const std::string file = place.is_folder ? name : "";
  const std::string where = name_of(place, file);
  try {
    state_->open(place, NamedBy::user)->put(file, std::move(bytes));
  } catch (const Error& error) {
    throw Error(error.code(), "cannot write the snapshot " + where + ": " + error.message());
  }
  return where;
}

}  // namespace celldrift::store

#include "celldrift/observe/schema_cache.hpp"

#include "celldrift/core/environment.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/kube/openapi.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "observe/schema_files.hpp"

#include <algorithm>

namespace celldrift::observe {
namespace {

// What a document may cost; core/v1, the largest of Kubernetes' own, has 1.5 MB.
constexpr std::size_t max_document = 32u << 20;

std::string hash_in(std::string_view path) {
  constexpr std::string_view mark = "?hash=";
  const auto at = path.find(mark);
  if (at == std::string_view::npos) {
    return "";
  }
  const auto hash = path.substr(at + mark.size());
  const bool is_hash = hash.size() == 128 && std::ranges::all_of(hash, [](char c) {
                         return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
                       });
  return is_hash ? std::string(hash) : "";
}

// A group-version as part of a file's name; "" for one that no API server would have.
std::string file_part(std::string_view api_version) {
  std::string name(api_version);
  std::ranges::replace(name, '/', '_');
  const bool is_plain = name.size() < 100 && std::ranges::all_of(
                                                 name,
                                                 [](char c) {
                                                   return (c >= 'a' && c <= 'z') ||
                                                          (c >= '0' && c <= '9') || c == '.' ||
                                                          c == '-' || c == '_';
                                                 });
  return is_plain ? name : "";
}

// The name that types are kept under; "" when they cannot be.
std::string name_of(std::string_view api_version, std::string_view hash) {
  const std::string part = file_part(api_version);
  return part.empty() || hash.empty() ? "" : std::string(hash) + "-" + part;
}

std::string fetch(kube::Api& api, const std::string& path, kube::Deadline deadline) {
  std::string body = api.get({.path = path, .accept = "application/json"}, deadline).get().body;
  if (body.size() > max_document) {
    throw Error(ErrorCode::limit, "an OpenAPI document has more than 32 MiB: " + printable(path));
  }
  return body;
}

std::string text_of(const std::string& body, const std::string& api_version) {
  try {
    return kube::openapi_text(yaml::parse_json(body).value, api_version);
  } catch (const Error& error) {
    throw Error(error.code() == ErrorCode::limit ? ErrorCode::limit : ErrorCode::server,
                "the OpenAPI document of " + printable(api_version) + " cannot be read");
  }
}

}  // namespace

std::string SchemaCache::default_folder() {
  if (const std::string cache = environment("XDG_CACHE_HOME"); cache.starts_with('/')) {
    return cache + "/celldrift/openapi";
  }
  const std::string home = environment("HOME");
  return home.starts_with('/') ? home + "/.cache/celldrift/openapi" : "";
}

kube::Schema::Parts SchemaCache::get(kube::Api& api,
                                     const std::string& api_version,
                                     const std::string& path,
                                     kube::Deadline deadline) {
  const std::string hash = hash_in(path);
  const std::string name = name_of(api_version, hash);
  const std::shared_ptr<Entry> kept = name.empty() ? nullptr : entry(name);
  if (kept != nullptr) {
    const std::lock_guard lock(kept->mutex);
    kept->parts = kept->parts == nullptr ? load(name) : kept->parts;
    if (kept->parts != nullptr) {
      return kept->parts;
    }
  }
  // Not under the lock: a slow cell must not hold up the others.
  const std::string body = fetch(api, path, deadline);
  if (kept == nullptr || sha512(body) != hash) {
    return kube::parts_of_text(text_of(body, api_version));
  }
  const std::lock_guard lock(kept->mutex);
  if (kept->parts == nullptr) {
    std::string text = text_of(body, api_version);
    store(name, text);
    kept->parts = kube::parts_of_text(std::move(text));
  }
  return kept->parts;
}

std::shared_ptr<SchemaCache::Entry> SchemaCache::entry(const std::string& name) {
  const std::lock_guard lock(mutex_);
  auto& found = entries_[name];
  found = found == nullptr ? std::make_shared<Entry>() : found;
  return found;
}

kube::Schema::Parts SchemaCache::load(const std::string& name) const {
  auto text = folder_.empty() ? std::nullopt : load_schema_text(folder_, name);
  if (!text) {
    return nullptr;
  }
  try {
    return kube::parts_of_text(*std::move(text));
  } catch (const Error&) {
    return nullptr;  // of another celldrift
  }
}

void SchemaCache::store(const std::string& name, std::string_view text) const {
  if (!folder_.empty()) {
    store_schema_text(folder_, name, text);
  }
}

}  // namespace celldrift::observe

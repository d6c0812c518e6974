// SchemaCache: the types of cells' group-versions, each document fetched and read once.
//
// API servers name each OpenAPI document by the SHA-512 of its bytes. Only a document that has the
// hash is kept under it, so that no cell can pass its own off as another's. Kept are the types, not
// the document: they are a fiftieth of its size. Nothing in them is secret.
#pragma once

#include "celldrift/kube/api.hpp"
#include "celldrift/kube/schema.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace celldrift::observe {

// Safe for use by several threads at once.
class SchemaCache {
 public:
  // Files are kept in `folder`, which is made when it is needed; "": in memory only. That they
  // cannot be read or written is no error: the cell is asked then.
  explicit SchemaCache(std::string folder = "") : folder_(std::move(folder)) {}
  // $XDG_CACHE_HOME/celldrift/openapi, else ~/.cache/celldrift/openapi; "" without either.
  static std::string default_folder();

  // The types of one group-version. `path` is where the cell has its document, as its index says:
  // "/openapi/v3/apis/apps/v1?hash=…". Throws the Error of the request, Error(server) or
  // Error(limit) for what is no such document.
  kube::Schema::Parts get(kube::Api& api,
                          const std::string& api_version,
                          const std::string& path,
                          kube::Deadline deadline);

 private:
  struct Entry {
    std::mutex mutex;  // held while the document is read, so that it is read once
    kube::Schema::Parts parts;
  };

  std::shared_ptr<Entry> entry(const std::string& name);
  kube::Schema::Parts load(const std::string& name) const;
  void store(const std::string& name, std::string_view text) const;

  std::string folder_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Entry>> entries_;
};

}  // namespace celldrift::observe

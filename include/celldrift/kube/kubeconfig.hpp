// Kubeconfig files, merged as kubectl merges them.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/kube/connection.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::kube {

struct Context {
  std::string name;
  std::string cluster;  // name of its cluster entry
  std::string server;
  std::string user;
  std::string ns;
};

class Kubeconfig {
 public:
  // The files of `paths` ("" entries skipped), the first to name an entry wins, relative paths in a
  // file are relative to that file. With no paths: $KUBECONFIG (a ":" list; missing files are
  // skipped), else
  // ~/.kube/config. Error(config) with file:line for a broken file or a named one that is missing.
  static Kubeconfig load(const std::vector<std::string>& paths = {});

  const std::vector<Context>& contexts() const { return contexts_; }
  const std::string& current_context() const { return current_; }  // "" when unset
  // The contexts whose names match a glob ("prod-*"), in file order.
  std::vector<Context> matching(std::string_view glob) const;

  // How to reach a context's cluster; reads certificate files. Error(config) when it does not exist
  // or its entries are missing or wrong.
  Connection connection(std::string_view context) const;

 private:
  struct Entry {
    Value value;
    std::string directory;  // of the file it came from, for relative paths
  };

  void merge(const std::string& path);
  static void merge_entries(const Value& file,
                            std::string_view list,
                            std::string_view field,
                            const std::string& directory,
                            std::map<std::string, Entry>& entries);
  void merge_contexts(const Value& file);
  const Entry& entry(const std::map<std::string, Entry>& entries,
                     std::string_view what,
                     const std::string& name,
                     std::string_view context) const;

  std::vector<Context> contexts_;
  std::map<std::string, Entry> clusters_;
  std::map<std::string, Entry> users_;
  std::string current_;
};

// The service account of the pod that the process runs in; nothing outside a pod.
std::optional<Connection> in_cluster_connection();

}  // namespace celldrift::kube

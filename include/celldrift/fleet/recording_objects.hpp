// Keeping what a run was told of Argo CD's namespace, so that another can be told the same.
#pragma once

#include "celldrift/fleet/inputs.hpp"

#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace celldrift::fleet {

// Passes questions on, and keeps the objects of the answers. Thread-safe where `behind` is, which
// must outlive it.
class RecordingObjects final : public ArgoObjects {
 public:
  explicit RecordingObjects(ArgoObjects& behind) : behind_(behind) {}

  std::optional<Value> config_map(std::string_view name) override;
  std::vector<Value> list(std::string_view api_version, std::string_view resource) override;

  // Every object that was given out, each once, by kind and name. Without what only a live object
  // has and nobody asks for: managedFields, resourceVersion, uid.
  std::vector<Value> objects() const;

 private:
  void keep(const Value& object);

  ArgoObjects& behind_;
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, Value> objects_;
};

}  // namespace celldrift::fleet

#include "celldrift/fleet/recording_objects.hpp"

namespace celldrift::fleet {
namespace {

constexpr std::string_view live_only[] = {
    "managedFields", "resourceVersion", "uid", "generation", "creationTimestamp"};

Value without_live_fields(const Value& object) {
  const Value* stated = object.find("metadata");
  if (stated == nullptr) {
    return object;
  }
  Value metadata = *stated;
  for (const std::string_view field : live_only) {
    metadata = metadata.without(field);
  }
  const Value* annotations = metadata.find("annotations");
  if (annotations != nullptr) {
    metadata = metadata.with(
        "annotations", annotations->without("kubectl.kubernetes.io/last-applied-configuration"));
  }
  return object.with("metadata", metadata);
}

}  // namespace

std::optional<Value> RecordingObjects::config_map(std::string_view name) {
  std::optional<Value> found = behind_.config_map(name);
  if (found) {
    keep(*found);
  }
  return found;
}

std::vector<Value> RecordingObjects::list(std::string_view api_version, std::string_view resource) {
  std::vector<Value> found = behind_.list(api_version, resource);
  for (const Value& object : found) {
    keep(object);
  }
  return found;
}

std::vector<Value> RecordingObjects::objects() const {
  const std::lock_guard lock(mutex_);
  std::vector<Value> objects;
  for (const auto& [id, object] : objects_) {
    objects.push_back(object);
  }
  return objects;
}

void RecordingObjects::keep(const Value& object) {
  const std::lock_guard lock(mutex_);
  const std::string kind =
      std::string(object.string_at({"apiVersion"})) + " " + std::string(object.string_at({"kind"}));
  objects_[{kind, std::string(object.string_at({"metadata", "name"}))}] =
      without_live_fields(object);
}

}  // namespace celldrift::fleet

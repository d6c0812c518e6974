#include "celldrift/core/object.hpp"

namespace celldrift {

std::string describe(const ObjectKey& key) {
  std::string text = key.group.empty() ? key.kind : key.group + "/" + key.kind;
  return text + " " + (key.ns.empty() ? "" : key.ns + "/") + key.name;
}

std::string_view group_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view{} : api_version.substr(0, slash);
}

std::string_view version_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? api_version : api_version.substr(slash + 1);
}

ObjectKey key_of(const Value& object) {
  return {.group = std::string(group_of(object.string_at({"apiVersion"}))),
          .kind = std::string(object.string_at({"kind"})),
          .ns = std::string(object.string_at({"metadata", "namespace"})),
          .name = std::string(object.string_at({"metadata", "name"}))};
}

}  // namespace celldrift

std::size_t std::hash<celldrift::ObjectKey>::operator()(
    const celldrift::ObjectKey& key) const noexcept {
  std::size_t seed = 0;
  for (const std::string* part : {&key.group, &key.kind, &key.ns, &key.name}) {
    seed ^= std::hash<std::string>{}(*part) + 0x9E3779B97F4A7C15ull + (seed << 6) + (seed >> 2);
  }
  return seed;
}

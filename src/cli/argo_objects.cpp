#include "cli/argo_objects.hpp"

#include "celldrift/core/object.hpp"

#include <algorithm>

namespace celldrift::cli {

bool is_of_argo(const Value& object, std::string_view kind) {
  return object.string_at({"kind"}) == kind &&
         group_of(object.string_at({"apiVersion"})) == "argoproj.io";
}

Value in_namespace(const Value& object, const std::string& ns) {
  const Value* metadata = object.find("metadata");
  if (metadata == nullptr || !object.string_at({"metadata", "namespace"}).empty()) {
    return object;
  }
  return object.with("metadata",
                     metadata->with("namespace", Value::string(ns).with_mark(metadata->mark())));
}

ArgoId id_of(const Value& object) {
  return {std::string(object.string_at({"kind"})),
          std::string(object.string_at({"metadata", "namespace"})),
          std::string(object.string_at({"metadata", "name"}))};
}

std::string file_of(const Mark& mark) {
  const Source& source = source_of(mark.source);
  return source.path + '\0' + source.blob;
}

bool is_under(std::string_view path, std::string_view directory) {
  return directory.empty() || directory == "." ||
         (path.starts_with(directory) && path.substr(directory.size()).starts_with('/'));
}

bool goes_to_hub(const fleet::Application& application, const fleet::Fleet& fleet) {
  const auto cell = std::ranges::find(fleet.cells(), application.cell, &fleet::Cell::name);
  return application.destination_name == "in-cluster" ||
         application.destination_server.starts_with(fleet::in_cluster_server) ||
         (cell != fleet.cells().end() &&
          (cell->is_hub || cell->server.starts_with(fleet::in_cluster_server)));
}

}  // namespace celldrift::cli

#include "celldrift/audit/names.hpp"

#include "celldrift/audit/versions.hpp"
#include "celldrift/core/text.hpp"

namespace celldrift::audit {
namespace {

std::string shared_name(const std::string& name,
                        std::string_view application,
                        std::string_view cell) {
  const std::string general = abstracted(name, application, "*");
  return general == name ? abstracted(name, cell, "*") : general;
}

}  // namespace

ObjectRef shared_object(const ObjectRef& object,
                        std::string_view application,
                        std::string_view cell) {
  return {.api_version = object.api_version,
          .kind = object.kind,
          .ns = shared_name(object.ns, application, cell),
          .name = shared_name(object.name, application, cell)};
}

ObjectRef shared_object(const Finding& finding) {
  return shared_object(finding.object, finding.application, finding.cells.front());
}

std::string describe(const ObjectRef& object) {
  return object.kind + " " + (object.ns.empty() ? "" : object.ns + "/") + object.name;
}

Error no_such_cell(const std::string& name, const std::vector<std::string>& cells) {
  return {ErrorCode::usage,
          "there is no cell " + printable(name) + "; there are " + join(cells, ", ")};
}

}  // namespace celldrift::audit

// Where what cells stand on is not the same, and what that may be the cause of.
#pragma once

#include "audit/substrate/groups.hpp"
#include "audit/substrate/lines.hpp"

#include <optional>
#include <string>
#include <vector>

namespace celldrift::audit {

struct SubstrateDifference {
  Finding finding = {};
  std::string brief = {};  // as a cause: "StorageClass fast is in cell-a, not in cell-b"
  std::vector<std::string> names = {};  // by which others speak of it: "webhook inject.example.com"
  std::optional<GroupKind> defines = {};  // of a CustomResourceDefinition
  std::vector<std::string> places = {};   // of it: the paths, as texts
  std::string chooses = {};               // of a default class: the field that it is put into
};

// Objects that some cells have, and fields that are not the same.
std::vector<SubstrateDifference> object_differences(const Cells& cells, Whose whose);
// Which StorageClass, IngressClass and PriorityClass counts where none is named.
std::vector<SubstrateDifference> default_differences(const Cells& cells, Whose whose);
// APIs that not all serve. What comes with the version of Kubernetes is told in one text.
struct ApiDifferences {
  std::vector<SubstrateDifference> differences;
  std::vector<std::string> by_version;  // "resource.k8s.io DeviceClass v1"; sorted
};
ApiDifferences api_differences(const Cells& cells);

// A finding of the rule, of all that its parts have in common.
Finding substrate_finding(const ObjectRef& object,
                          std::string subject,
                          std::string what,
                          std::vector<ValueGroup> values);
// "in cell-a, cell-c and not in cell-b".
std::string presence_text(const std::vector<ValueGroup>& values);

}  // namespace celldrift::audit

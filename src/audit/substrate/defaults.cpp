// Which class counts where an object names none.
#include "audit/substrate/content.hpp"
#include "audit/substrate/differences.hpp"
#include "audit/wording.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

struct Class {
  GroupKind kind;
  std::string_view field;  // that the API server fills with it
};
const Class classes[] = {
    {{"networking.k8s.io", "IngressClass"}, "ingressClassName"},
    {{"scheduling.k8s.io", "PriorityClass"}, "priorityClassName"},
    {{"storage.k8s.io", "StorageClass"}, "storageClassName"},
};

struct Chosen {
  std::vector<std::string> names;  // sorted; several are possible, if hardly meant
  bool is_gits = false;
};

Chosen chosen(const Substrate& substrate, const GroupKind& kind) {
  Chosen chosen;
  for (const Substrate::Part& part : substrate.parts) {
    if (part.key.group_kind() == kind && is_default_class(kind, part.content)) {
      chosen.names.push_back(part.key.name);
      chosen.is_gits = chosen.is_gits || part.is_gits;
    }
  }
  return chosen;
}

std::vector<Held> held_by(const Cells& cells, const GroupKind& kind, Whose whose) {
  std::vector<Held> held;
  for (const std::size_t cell : known_cells(cells)) {
    const Substrate& substrate = cells.all()[cell].substrate;
    const Chosen found = chosen(substrate, kind);
    const bool is_left_out = whose == Whose::nobodys && found.is_gits;
    if (!is_left_out && may_serve(substrate, kind) && !substrate.unread.contains({kind, ""})) {
      held.push_back(
          {cell, found.names.empty() ? Value() : Value::string(join(found.names, ", "))});
    }
  }
  return held;
}

}  // namespace

std::vector<SubstrateDifference> default_differences(const Cells& cells, Whose whose) {
  std::vector<SubstrateDifference> differences;
  for (const Class& each : classes) {
    std::vector<ValueGroup> groups = grouped(cells, held_by(cells, each.kind, whose), Own::never);
    if (groups.size() < 2) {
      continue;
    }
    const ObjectRef object{
        .api_version = each.kind.group + "/v1", .kind = each.kind.kind, .ns = "", .name = ""};
    SubstrateDifference difference{
        .finding =
            substrate_finding(object, "default " + each.kind.kind, "default", std::move(groups)),
        .chooses = std::string(each.field)};
    Finding& finding = difference.finding;
    const auto named = std::ranges::find_if(
        finding.values, [](const ValueGroup& group) { return !group.value.is_null(); });
    finding.object.name = named->value.as_string();
    difference.brief = "the " + finding.subject + " is " + values_text(finding.values);
    finding.message = "the " + finding.subject + " differs: " + values_text(finding.values) +
                      "; out of line: " + cells_text(finding.cells) +
                      "; it counts for whatever names no class";
    differences.push_back(std::move(difference));
  }
  return differences;
}

}  // namespace celldrift::audit

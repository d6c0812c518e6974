#include "report/merge.hpp"

#include "celldrift/audit/versions.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace celldrift::report {
namespace {

using audit::Finding;

// A name with the Application's and the cell's own names taken out, so that cells line up.
std::string shared_name(const std::string& name, const Finding& finding) {
  const std::string general = audit::abstracted(name, finding.application, "*");
  return general == name ? audit::abstracted(name, finding.cells.front(), "*") : general;
}

std::string object_text(const Finding& finding, const std::string& ns, const std::string& name) {
  return finding.object.kind + " " + (ns.empty() ? "" : ns + "/") + name;
}

// Hashes only find the group; the order of groups is that of the findings.
auto key_of(const Finding& finding) {
  const auto hash = [](const std::optional<Value>& value) {
    return value ? std::optional(std::pair(value->kind(), value->hash())) : std::nullopt;
  };
  const compare::Owner owner = finding.changed_by.value_or(compare::Owner{});
  return std::tuple(finding.component,
                    finding.rule,
                    finding.object.api_version,
                    finding.object.kind,
                    shared_name(finding.object.ns, finding),
                    shared_name(finding.object.name, finding),
                    finding.path_text,
                    hash(finding.want),
                    hash(finding.have),
                    owner.manager,
                    owner.operation,
                    owner.subresource);
}

void add(Merged& merged, const Finding& finding) {
  if (merged.first == nullptr) {
    merged.first = &finding;
    merged.object = object_text(finding, finding.object.ns, finding.object.name);
  } else if (merged.first->object != finding.object) {
    merged.object = object_text(finding,
                                shared_name(finding.object.ns, finding),
                                shared_name(finding.object.name, finding));
  }
  const auto time = finding.changed_by ? finding.changed_by->time : std::nullopt;
  merged.same_time = merged.same_time && (merged.cells.empty() || merged.last == time);
  merged.last = std::max(merged.last, time);
  merged.cells.insert(merged.cells.end(), finding.cells.begin(), finding.cells.end());
  if (finding.source.known() &&
      std::ranges::find(merged.sources, finding.source) == merged.sources.end()) {
    merged.sources.push_back(finding.source);
  }
}

std::vector<Merged> merge_cells(std::span<const Finding> findings, audit::Category category) {
  std::map<decltype(key_of(std::declval<const Finding&>())), std::size_t> places;
  std::vector<Merged> merged;
  for (const Finding& finding : findings) {
    if (finding.category == category) {
      const auto [place, is_new] = places.emplace(key_of(finding), merged.size());
      if (is_new) {
        merged.emplace_back();
      }
      add(merged[place->second], finding);
    }
  }
  return merged;
}

}  // namespace

std::vector<Block> merge(std::span<const Finding> findings, audit::Category category) {
  std::map<std::tuple<std::string, std::string, std::vector<std::string>>, std::size_t> places;
  std::vector<Block> blocks;
  for (Merged& merged : merge_cells(findings, category)) {
    std::ranges::sort(merged.cells);
    const std::string& component = merged.first->component;
    const auto [place, is_new] =
        places.emplace(std::tuple(component, merged.object, merged.cells), blocks.size());
    if (is_new) {
      blocks.push_back({component, merged.object, merged.cells, {}});
    }
    blocks[place->second].findings.push_back(std::move(merged));
  }
  return blocks;
}

}  // namespace celldrift::report

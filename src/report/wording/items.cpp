#include "report/wording/items.hpp"

#include "celldrift/audit/names.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace celldrift::report {
namespace {

using audit::Finding;
using audit::ObjectRef;
using Findings = std::vector<const Finding*>;

std::string name_of(const ObjectRef& object) {
  return (object.ns.empty() ? "" : object.ns + "/") + object.name;
}

// Parts of a list by a key, in the order of the keys' first entries.
template <class Entry, class Key>
std::vector<std::vector<Entry>> parted(const std::vector<Entry>& entries, Key key) {
  std::map<decltype(key(entries.front())), std::size_t> places;
  std::vector<std::vector<Entry>> parts;
  for (const Entry& entry : entries) {
    const auto [place, is_new] = places.emplace(key(entry), parts.size());
    if (is_new) {
      parts.emplace_back();
    }
    parts[place->second].push_back(entry);
  }
  return parts;
}

Spot spot_of(const Findings& same_object) {
  const Finding& first = *same_object.front();
  std::set<std::string> cells;
  bool one_name = true;
  for (const Finding* finding : same_object) {
    cells.insert(finding->cells.begin(), finding->cells.end());
    one_name = one_name && finding->object == first.object;
  }
  return {.kind = first.object.kind,
          .name = name_of(one_name ? first.object : audit::shared_object(first)),
          .cells = {cells.begin(), cells.end()}};
}

std::vector<Spot> spots_of(const Findings& findings) {
  const auto by_object = [](const Finding* finding) {
    const ObjectRef object = audit::shared_object(*finding);
    return std::tuple(finding->component, object.kind, object.api_version, object.ns, object.name);
  };
  std::vector<Spot> spots;
  for (const Findings& same_object : parted(findings, by_object)) {
    spots.push_back(spot_of(same_object));
  }
  return spots;
}

Delta delta_of(const Findings& findings) {
  Delta delta{.first = findings.front(), .spots = spots_of(findings), .sources = {}, .proved = {}};
  for (const Finding* finding : findings) {
    std::ranges::copy(finding->proved, std::back_inserter(delta.proved));
    if (finding->source.known() &&
        std::ranges::find(delta.sources, finding->source) == delta.sources.end()) {
      delta.sources.push_back(finding->source);
    }
  }
  return delta;
}

// Hashes only find the group; the order of groups is that of the findings.
auto delta_key(const Finding* finding) {
  const auto hash = [](const std::optional<Value>& value) {
    return value ? std::optional(std::pair(value->kind(), value->hash())) : std::nullopt;
  };
  return std::tuple(finding->rule,
                    finding->path_text,
                    hash(finding->want),
                    hash(finding->have),
                    finding->evidence,
                    finding->reason);
}

std::string spots_key(const Delta& delta) {
  std::string key;
  for (const Spot& spot : delta.spots) {
    key += spot.object() + "\n";
    for (const std::string& cell : spot.cells) {
      key += cell + "\t";
    }
  }
  return key;
}

std::vector<Block> blocks_of(const Findings& findings) {
  std::vector<Delta> deltas;
  for (const Findings& same_change : parted(findings, delta_key)) {
    deltas.push_back(delta_of(same_change));
  }
  std::vector<Block> blocks;
  for (std::vector<Delta>& same_spots : parted(deltas, spots_key)) {
    blocks.push_back({.spots = same_spots.front().spots, .deltas = std::move(same_spots)});
  }
  return blocks;
}

Item item_of(const Findings& findings, const audit::Cause* cause) {
  Item item{.cause = cause, .first = findings.front(), .components = {}, .cells = {}};
  item.findings = findings.size();
  std::set<std::string> cells;
  bool first = true;
  for (const Finding* finding : findings) {
    if (std::ranges::find(item.components, finding->component) == item.components.end()) {
      item.components.push_back(finding->component);
    }
    cells.insert(finding->cells.begin(), finding->cells.end());
    const auto time = finding->changed_by ? finding->changed_by->time : std::nullopt;
    item.same_time = item.same_time && (first || item.last == time);
    item.last = std::max(item.last, time);
    item.first_time = first || !item.first_time ? time : std::min(item.first_time, time);
    first = false;
  }
  item.cells = {cells.begin(), cells.end()};
  item.blocks = blocks_of(findings);
  return item;
}

}  // namespace

std::vector<Item> items(const audit::Report& report, audit::Category category) {
  std::map<std::string_view, const audit::Cause*> causes;
  for (const audit::Cause& cause : report.causes) {
    causes.emplace(cause.fingerprint, &cause);
  }
  Findings findings;
  for (const Finding& finding : report.findings) {
    if (finding.category == category) {
      findings.push_back(&finding);
    }
  }
  std::vector<Item> result;
  for (const Findings& group : parted(findings, [](const Finding* finding) {
         return finding->cause.empty() ? finding->fingerprint : finding->cause;
       })) {
    const auto cause = causes.find(group.front()->cause);
    result.push_back(item_of(group, cause == causes.end() ? nullptr : cause->second));
  }
  std::ranges::stable_partition(result,
                                [](const Item& item) { return item.components.size() > 1; });
  return result;
}

}  // namespace celldrift::report

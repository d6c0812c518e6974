// Objects of the substrate: those that some cells have, and what is not the same in them.
#include "audit/findings/fingerprint.hpp"
#include "audit/parity/minors.hpp"
#include "audit/parity/parity.hpp"
#include "audit/substrate/differences.hpp"
#include "audit/substrate/spots.hpp"
#include "audit/substrate/written.hpp"
#include "audit/wording.hpp"
#include "celldrift/audit/names.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <map>
#include <span>

namespace celldrift::audit {
namespace {

constexpr std::size_t few = 4;  // places of an object that are told one by one

using Part = Substrate::Part;

std::vector<std::string> names_of(const SubstrateLine& line, const ObjectRef& shared) {
  std::vector<std::string> names{describe(shared)};
  if (shared.kind == "ResourceQuota") {
    names.push_back("quota: " + shared.name);  // as the API server says no
  }
  if (shared.kind.starts_with("ValidatingAdmissionPolicy")) {
    names.push_back("ValidatingAdmissionPolicy '" + shared.name + "'");
  }
  for (const Holding& holding : line.holdings) {
    const Value* webhooks =
        holding.part == nullptr ? nullptr : holding.part->content.find("webhooks");
    for (const Value& webhook :
         webhooks == nullptr ? std::span<const Value>{} : webhooks->items()) {
      const std::string name(webhook.string_at({"name"}));
      names.push_back("webhook " + name);
      names.push_back("webhook \"" + name + "\"");
    }
  }
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  return names;
}

// One line, and all that is to be told of it.
class Telling {
 public:
  Telling(const Cells& cells, const SubstrateLine& line, std::vector<SubstrateDifference>& told)
      : cells_(cells), line_(line), told_(told) {
    const auto first = std::ranges::find_if(
        line.holdings, [](const Holding& holding) { return holding.part != nullptr; });
    shared_ = {.api_version = first->part->api_version,
               .kind = line.kind.kind,
               .ns = line.ns,
               .name = line.name};
  }

  void presence() {
    std::vector<Held> held;
    for (const Holding& holding : line_.holdings) {
      held.push_back({holding.cell, holding.part == nullptr ? Value() : Value::string("there")});
    }
    // Whether a definition is there is told of the APIs that it makes.
    std::vector<ValueGroup> groups = grouped(cells_, held, Own::never);
    if (groups.size() < 2 || defined_by(line_)) {
      return;
    }
    SubstrateDifference difference = about("", groups);
    Finding& finding = difference.finding;
    set_writer(maker(), "made", finding);
    difference.brief = finding.subject + " is " + presence_text(groups);
    finding.message = difference.brief + "; no Application wants it";
    told_.push_back(std::move(difference));
  }

  void content() {
    const std::vector<Spot> places = spots_of(cells_, line_);
    if (places.size() <= few) {
      for (const Spot& place : places) {
        add_place(place);
      }
    } else {
      add_whole(places);
    }
  }

 private:
  void add_place(const Spot& place) {
    SubstrateDifference difference = about(place.text, grouped(cells_, place.held, Own::may_be));
    Finding& finding = difference.finding;
    finding.path = place.path.pointer();
    finding.path_text = place.path.text();
    difference.brief =
        finding.path_text + " of " + finding.subject + " is " + values_text(finding.values);
    difference.places = {place.text};
    set_writer(writer(place, finding.cells), "wrote", finding);
    blame_versions(place, finding);
    finding.message = finding.path_text + " of " + finding.subject +
                      " differs: " + values_text(finding.values) +
                      "; out of line: " + cells_text(finding.cells);
    told_.push_back(std::move(difference));
  }

  // By which places a cell differs from others: cells with the same numbers have the same.
  std::vector<Held> summed_up(const std::vector<Spot>& places) const {
    std::map<std::size_t, std::string> texts;
    for (const Spot& place : places) {
      for (const ValueGroup& group : grouped(cells_, place.held, Own::may_be)) {
        const std::string value = group.value.is_null() ? "" : yaml::canonical_json(group.value);
        for (const Held& held : place.held) {
          if (std::ranges::binary_search(group.cells, cells_.all()[held.cell].name)) {
            texts[held.cell] += fingerprint({place.text, value});
          }
        }
      }
    }
    std::vector<Held> held;
    for (const auto& [cell, text] : texts) {
      held.push_back({cell, Value::string("content " + fingerprint({text}).substr(0, 8))});
    }
    return held;
  }

  void add_whole(const std::vector<Spot>& places) {
    SubstrateDifference difference = about("", grouped(cells_, summed_up(places), Own::never));
    std::vector<std::string> first;
    for (const Spot& place : places) {
      difference.places.push_back(place.text);
      if (first.size() < few) {
        first.push_back(place.path.text());
      }
    }
    Finding& finding = difference.finding;
    finding.reason = "it differs at " + join(first, ", ") + " and " +
                     std::to_string(places.size() - first.size()) + " more places";
    difference.brief = finding.subject + " has " + values_text(finding.values);
    finding.message = finding.subject + " differs: " + values_text(finding.values) +
                      "; out of line: " + cells_text(finding.cells) + "; " + finding.reason;
    finding.fingerprint = fingerprint({finding.fingerprint, "content"});
    told_.push_back(std::move(difference));
  }

  SubstrateDifference about(const std::string& place, std::vector<ValueGroup> groups) const {
    SubstrateDifference difference{
        .finding = substrate_finding(shared_, describe(shared_), place, std::move(groups))};
    difference.finding.object = in_first_cell(difference.finding.cells);
    difference.names = names_of(line_, shared_);
    difference.defines = defined_by(line_);
    return difference;
  }

  // As the first of the cells that has it.
  ObjectRef in_first_cell(const std::vector<std::string>& cells) const {
    const Part* found = nullptr;
    for (const Holding& holding : line_.holdings) {
      const bool is_out = std::ranges::binary_search(cells, cells_.all()[holding.cell].name);
      found = holding.part != nullptr && (found == nullptr || is_out) ? holding.part : found;
      if (is_out && holding.part != nullptr) {
        break;
      }
    }
    return {.api_version = found->api_version,
            .kind = found->key.kind,
            .ns = found->key.ns,
            .name = found->key.name};
  }

  static void set_writer(const std::optional<compare::Owner>& owner,
                         const std::string& did,
                         Finding& finding) {
    finding.changed_by = owner;
    if (owner) {
      finding.reason = owner->manager + " " + did + " it";
    }
  }

  const Part* part_in(bool is_out, const std::vector<std::string>& cells) const {
    const auto found = std::ranges::find_if(line_.holdings, [&](const Holding& holding) {
      return holding.part != nullptr &&
             std::ranges::binary_search(cells, cells_.all()[holding.cell].name) == is_out;
    });
    return found == line_.holdings.end() ? nullptr : found->part;
  }

  // Who wrote what is out of line, as the first of these cells tells it.
  std::optional<compare::Owner> writer(const Spot& place,
                                       const std::vector<std::string>& cells) const {
    const Part* odd = part_in(true, cells);
    const Part* usual = part_in(false, cells);
    return odd == nullptr || usual == nullptr ? std::nullopt
                                              : writer_of(*odd, *usual, place.path.text());
  }

  // What newer versions of Kubernetes put there, and older ones do not know.
  void blame_versions(const Spot& place, Finding& finding) const {
    std::vector<std::pair<std::string, std::size_t>> minors;
    const Part* with = nullptr;
    const Part* without = nullptr;
    const std::vector<std::size_t> groups = group_numbers(cells_, place.held, Own::may_be);
    for (std::size_t i = 0; i < place.held.size(); ++i) {
      const Held& held = place.held[i];
      const auto holding = std::ranges::find(line_.holdings, held.cell, &Holding::cell);
      (held.value.is_null() ? without : with) = holding->part;
      minors.emplace_back(minor_of(cells_.kubernetes_version(held.cell)), groups[i]);
    }
    const std::string versions = telling_minors(minors);
    if (!versions.empty() && with != nullptr && without != nullptr &&
        is_by_default(*with, *without, place.path.text())) {
      finding.severity = Severity::note;
      finding.reason = "a default of Kubernetes, which is " + versions + " in these cells";
    }
  }

  // Who made it, where one did so in all cells that have it.
  std::optional<compare::Owner> maker() const {
    std::optional<compare::Owner> common;
    for (const Holding& holding : line_.holdings) {
      if (holding.part == nullptr) {
        continue;
      }
      const auto& maker = holding.part->maker;
      if (!maker || (common && common->manager != maker->manager)) {
        return std::nullopt;
      }
      common = common ? common : maker;
    }
    return common;
  }

  const Cells& cells_;
  const SubstrateLine& line_;
  std::vector<SubstrateDifference>& told_;
  ObjectRef shared_;
};

}  // namespace

std::vector<SubstrateDifference> object_differences(const Cells& cells, Whose whose) {
  std::vector<SubstrateDifference> differences;
  for (const SubstrateLine& line : substrate_lines(cells, whose)) {
    Telling telling(cells, line, differences);
    telling.presence();
    telling.content();
  }
  return differences;
}

}  // namespace celldrift::audit

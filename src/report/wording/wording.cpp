#include "report/wording/wording.hpp"

#include "celldrift/core/error.hpp"
#include "report/wording/words.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

using compare::Change;
using compare::Evidence;
using compare::ManagerClass;

std::string_view class_text(ManagerClass manager) {
  switch (manager) {
    case ManagerClass::person:
      return "a person";
    case ManagerClass::deploy_tool:
      return "a deploy tool";
    case ManagerClass::gitops:
      return "GitOps";
    case ManagerClass::controller:
      return "a controller";
    case ManagerClass::unknown:
      break;
  }
  return "";
}

}  // namespace

bool is_second_opinion(const audit::Finding& finding) {
  return finding.rule.starts_with("dry-run/");
}

namespace {

// Nobody owns up to it: what can be said all the same.
std::string nobody(const audit::Finding& finding) {
  if (finding.evidence == Evidence::no_ownership) {
    return "no record of who: the object has no managedFields, so last-applied and the schema's "
           "defaults tell";
  }
  if (is_second_opinion(finding)) {
    return "second opinion of the API server";
  }
  if (finding.change == Change::removed) {
    return "removed; no record of who";
  }
  return finding.change == Change::added ? "added; no record of who" : "no record of who";
}

std::string places(const Delta& delta, const TextOptions& options) {
  if (delta.sources.empty()) {
    return "";
  }
  const std::size_t more = delta.sources.size() - 1;
  return describe(delta.sources.front()) + last_change(*delta.first, options.now) +
         (more > 0 ? " and " + std::to_string(more) + " more" : "");
}

std::string plural(const std::string& kind) {
  if (kind == "Endpoints") {
    return kind;
  }
  if (kind.ends_with("s") || kind.ends_with("x") || kind.ends_with("ch")) {
    return kind + "es";
  }
  const bool vowel = kind.size() > 1 && std::string_view("aeiou").find(kind[kind.size() - 2]) !=
                                            std::string_view::npos;
  return kind.ends_with("y") && !vowel ? kind.substr(0, kind.size() - 1) + "ies" : kind + "s";
}

bool are_of_one_kind(const std::vector<Spot>& spots) {
  return std::ranges::all_of(spots,
                             [&](const Spot& spot) { return spot.kind == spots.front().kind; });
}

}  // namespace

std::string writer_text(const compare::Owner& owner) {
  std::string text(class_text(owner.kind));
  if (!owner.subresource.empty()) {
    text += (text.empty() ? "" : ", ") + owner.subresource;
  }
  return owner.manager + (text.empty() ? "" : " (" + text + ")");
}

std::string who(const Item& item, const TextOptions& options) {
  const audit::Finding& finding = *item.first;
  if (!finding.changed_by) {
    return nobody(finding);
  }
  const std::string writer = writer_text(*finding.changed_by);
  if (!item.last) {
    return writer + ", no record of when";
  }
  // One burst has a start and an end; what was done at different times has a latest time.
  const bool one_burst = item.cause != nullptr && item.cause->kind == audit::Cause::Kind::write;
  if (!item.same_time && one_burst && item.first_time) {
    return writer + ", " + when(*item.last, options.now) + ", begun " +
           format_time(*item.first_time);
  }
  return writer + (item.same_time ? ", " : ", most recently ") + when(*item.last, options.now);
}

std::string origin(const Delta& delta, const TextOptions& options) {
  const std::string place = places(delta, options);
  const audit::Finding& finding = *delta.first;
  std::string text;
  if (finding.evidence == Evidence::still_owned) {
    text = "removed from Git, still live" + (place.empty() ? "" : "; was near " + place);
  } else if (finding.change == Change::added) {
    text = "not in Git" + (place.empty() ? "" : ", would be near " + place);
  } else {
    text = place.empty() ? "" : "in Git at " + place;
  }
  const bool more = !finding.reason.empty();
  return text + (more && !text.empty() ? "; " : "") + finding.reason;
}

std::string explainable(const std::string& fingerprint, const TextOptions& options) {
  constexpr std::size_t enough_digits = 8;
  return " [" + (options.full ? fingerprint : fingerprint.substr(0, enough_digits)) + "]";
}

std::string explainable(const Item& item, const Delta& delta, const TextOptions& options) {
  const bool is_all = item.blocks.size() == 1 && item.blocks.front().deltas.size() == 1;
  const bool is_cause = item.cause != nullptr && is_all;
  return explainable(is_cause ? item.cause->fingerprint : delta.first->fingerprint, options);
}

std::string cells_text(const std::vector<std::string>& cells,
                       std::size_t limit,
                       const audit::Report& report,
                       const TextOptions& options) {
  return options.full ? all_names(cells) : list_names(cells, limit, report.cells.size());
}

std::string objects_text(const std::vector<Spot>& spots) {
  if (spots.size() == 1) {
    return spots.front().object();
  }
  return std::to_string(spots.size()) + " " +
         (are_of_one_kind(spots) ? plural(spots.front().kind) : "objects");
}

std::vector<std::string> object_names(const std::vector<Spot>& spots) {
  const bool one_kind = are_of_one_kind(spots);
  std::vector<std::string> names;
  for (const Spot& spot : spots) {
    names.push_back(one_kind ? spot.name : spot.object());
  }
  return names;
}

}  // namespace celldrift::report

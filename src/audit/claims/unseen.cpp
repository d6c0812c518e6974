// Applications that Argo CD has never looked at: in a namespace that it does not watch, of a
// cluster whose shard nobody runs, or while its controller is down. Who looks writes a sync status
// within seconds, Unknown if all else fails; the status that an ApplicationSet makes has an empty
// one, and controllers of other shards write nothing but conditions. (Argo CD 3.5)
#include "audit/claims/claims.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using std::chrono::minutes;

// A controller that runs takes seconds; one that starts with thousands of them, a while.
constexpr minutes looked_at_within{5};

std::optional<Time> looked_at(const Value& live) {
  return parse_time(live.string_at({"status", "reconciledAt"}));
}

// What is known of some Applications' looks.
struct Looks {
  std::size_t count = 0;  // Applications
  bool any = false;       // was looked at, whenever
  std::optional<Time> last;

  void add(const Value& live) {
    ++count;
    any = any || !is_never_looked_at(live);
    last = std::max(last, looked_at(live));
  }
  bool are_old(std::optional<Time> than) const { return any && last && than && *last < *than; }
};

struct AllLooks {
  Looks all;
  std::map<std::string, Looks> by_namespace;
  std::map<std::string, Looks> by_cell;  // that they deploy to
};

AllLooks looks_of(const ToolState& tool) {
  AllLooks looks;
  for (const ToolApplication& each : tool.applications) {
    if (is_skipped(each.live)) {
      continue;
    }
    looks.all.add(each.live);
    looks.by_namespace[each.object.ns].add(each.live);
    looks.by_cell[each.cell].add(each.live);
  }
  return looks;
}

std::string since_last(const Looks& looks, Time now) {
  return "since " + since_text(format_time(*looks.last), now);
}

// What it may be, by what else Argo CD has looked at.
std::string reason_of(const ToolState& tool,
                      const ToolApplication& application,
                      const AllLooks& looks) {
  const auto made = parse_time(application.live.string_at({"metadata", "creationTimestamp"}));
  const Looks& in_namespace = looks.by_namespace.at(application.object.ns);
  const Looks& of_cell = looks.by_cell.at(application.cell);
  const std::string cell = application.cell.empty() ? "its cluster" : application.cell;
  if (!looks.all.any) {
    return "it has looked at nothing there: its application controller may not run";
  }
  if (looks.all.are_old(made)) {
    return "it has looked at nothing there " + since_last(looks.all, tool.now) +
           ": its application controller may be down";
  }
  if (!in_namespace.any) {
    return "it has looked at nothing in namespace " + application.object.ns +
           ": application.namespaces may not name it";
  }
  if (!of_cell.any) {
    return "it has looked at nothing that deploys to " + cell +
           ": nobody may run the shard of that cluster";
  }
  if (of_cell.are_old(made)) {
    return "it has looked at nothing that deploys to " + cell + " " +
           since_last(of_cell, tool.now) +
           ": the controller that has the shard of that cluster may be down";
  }
  return "it looks at others that deploy to " + cell + ": its controller's log may say why";
}

bool is_paused(const ClaimBook& book, const std::string& cell) {
  const auto known = std::ranges::find(book.input().known, cell, &KnownCell::name);
  if (known == book.input().known.end()) {
    return false;
  }
  const auto found = known->annotations.find(std::string(skip_annotation));
  return found != known->annotations.end() && is_go_true(found->second);
}

Finding unseen(const ToolState& tool, const ToolApplication& application, const AllLooks& looks) {
  Finding finding = claim("never-looked-at", Severity::warning, tool, application);
  finding.reason = reason_of(tool, application, looks);
  finding.message =
      "Argo CD has not looked at " + application.application + ", which was made at " +
      since_text(application.live.string_at({"metadata", "creationTimestamp"}), tool.now) + "; " +
      finding.reason;
  return with_fingerprint(std::move(finding));
}

}  // namespace

bool is_never_looked_at(const Value& application) {
  return application.string_at({"status", "sync", "status"}).empty() &&
         application.string_at({"status", "reconciledAt"}).empty() &&
         application.find({"status", "operationState"}) == nullptr;
}

bool is_overdue(const Value& application, Time now) {
  const auto age = age_of(application.string_at({"metadata", "creationTimestamp"}), now);
  return is_never_looked_at(application) && age && *age >= looked_at_within;
}

std::vector<Finding> unseen_applications(const ClaimBook& book) {
  std::vector<Finding> findings;
  for (const ToolState* tool : book.homes()) {
    const AllLooks looks = looks_of(*tool);
    for (const ToolApplication& each : tool->applications) {
      const bool counts = !each.application.empty() && !is_skipped(each.live) &&
                          !is_paused(book, each.cell) && is_overdue(each.live, tool->now);
      if (counts) {
        findings.push_back(unseen(*tool, each, looks));
      }
    }
  }
  return findings;
}

}  // namespace celldrift::audit

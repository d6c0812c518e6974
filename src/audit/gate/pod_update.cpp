#include "audit/gate/pod_update.hpp"

#include "celldrift/core/kinds.hpp"

#include <algorithm>
#include <span>

namespace celldrift::audit {
namespace {

const char* const fixed = "of a Pod cannot be changed";

std::span<const Value> items_at(const Value& object, std::initializer_list<std::string_view> path) {
  const Value* list = object.find(path);
  return list == nullptr ? std::span<const Value>() : list->items();
}

bool is_gated(const Value& live) {
  return !items_at(live, {"spec", "schedulingGates"}).empty();
}

std::optional<std::int64_t> number(const std::optional<Value>& value) {
  return value && value->is_int() ? std::optional(value->as_int()) : std::nullopt;
}

// The API server gives every Pod what tolerates these, where nothing of its own does.
bool is_given_anew(const Value& toleration, std::span<const Value> next) {
  static constexpr std::string_view given[] = {"node.kubernetes.io/not-ready",
                                               "node.kubernetes.io/unreachable"};
  const std::string_view key = toleration.string_at({"key"});
  const auto tolerates = [&](const Value& each) {
    const std::string_view own = each.string_at({"key"});
    const std::string_view effect = each.string_at({"effect"});
    return (own.empty() || own == key) && (effect.empty() || effect == "NoExecute");
  };
  return std::ranges::find(given, key) != std::end(given) &&
         toleration.string_at({"operator"}) == "Exists" &&
         toleration.string_at({"effect"}) == "NoExecute" && std::ranges::none_of(next, tolerates);
}

std::string of_tolerations(const FieldChange& change) {
  const auto next = items_at(change.object.desired, {"spec", "tolerations"});
  const auto live = items_at(change.object.live, {"spec", "tolerations"});
  const bool keeps_all = std::ranges::all_of(live, [&](const Value& each) {
    const auto same = [&](const Value& other) {
      return other.without("tolerationSeconds") == each.without("tolerationSeconds");
    };
    return std::ranges::any_of(next, same) || is_given_anew(each, next);
  });
  return keeps_all ? "" : "of a Pod can only get more, or other tolerationSeconds";
}

std::string of_gates(const FieldChange& change) {
  return change.difference.want ? "of a Pod can only be taken away" : "";
}

std::string of_deadline(const FieldChange& change) {
  const auto want = number(change.difference.want);
  const auto have = number(change.difference.have);
  return have && (!want || *want > *have) ? "of a Pod can only get smaller" : "";
}

// What is negative, the API server makes 1; what is not stated, 30.
std::string of_grace(const FieldChange& change) {
  const std::int64_t want = number(change.difference.want).value_or(30);
  const std::int64_t have = number(change.difference.have).value_or(30);
  return std::max<std::int64_t>(want, want < 0 ? 1 : 0) == (have < 0 ? 1 : have) ? "" : fixed;
}

std::string of_node_selector(const FieldChange& change) {
  return !is_gated(change.object.live) ? fixed
         : change.difference.have      ? "of a Pod that has gates can only get more"
                                       : "";
}

// The first list, and perhaps more.
bool goes_on(const Value& next, const Value& live, std::string_view key) {
  const auto old = items_at(live, {key});
  const auto now = items_at(next, {key});
  return now.size() >= old.size() && std::ranges::equal(now.first(old.size()), old);
}

bool adds_only(const Value& next, const Value& live) {
  const auto is_empty = [](const Value& term) {
    return items_at(term, {"matchExpressions"}).empty() && items_at(term, {"matchFields"}).empty();
  };
  return is_empty(live)
             ? is_empty(next)
             : goes_on(next, live, "matchExpressions") && goes_on(next, live, "matchFields");
}

std::span<const Value> required_terms(const Value& object) {
  return items_at(object,
                  {"spec",
                   "affinity",
                   "nodeAffinity",
                   "requiredDuringSchedulingIgnoredDuringExecution",
                   "nodeSelectorTerms"});
}

// Only that of nodes may change: the API server writes into that of Pods itself.
bool is_of_nodes(const FieldChange& change) {
  if (change.difference.path.text() != "spec.affinity") {
    return change.difference.path.text().starts_with("spec.affinity.nodeAffinity");
  }
  const auto has_others = [](const std::optional<Value>& affinity) {
    return affinity && (affinity->find("podAffinity") != nullptr ||
                        affinity->find("podAntiAffinity") != nullptr);
  };
  return !has_others(change.difference.want) && !has_others(change.difference.have);
}

std::string of_affinity(const FieldChange& change) {
  if (!is_gated(change.object.live) || !is_of_nodes(change)) {
    return fixed;
  }
  const auto live = required_terms(change.object.live);
  const auto next = required_terms(change.object.desired);
  return live.empty() || std::ranges::equal(next, live, adds_only)
             ? ""
             : "of a Pod that has gates can only get more expressions";
}

struct Field {
  std::string_view path;
  std::string (*why)(const FieldChange&);
};
constexpr Field fields[] = {{"spec.tolerations", of_tolerations},
                            {"spec.schedulingGates", of_gates},
                            {"spec.activeDeadlineSeconds", of_deadline},
                            {"spec.terminationGracePeriodSeconds", of_grace},
                            {"spec.nodeSelector", of_node_selector},
                            {"spec.affinity", of_affinity}};

}  // namespace

std::string why_pod_keeps(const FieldChange& change) {
  if (change.object.key.group_kind() != pod_kind) {
    return "";
  }
  const std::string text = change.difference.path.text();
  const auto* field = std::ranges::find_if(fields, [&](const Field& each) {
    const std::string_view rest =
        std::string_view(text).substr(std::min(each.path.size(), text.size()));
    return text.starts_with(each.path) && (rest.empty() || rest[0] == '.' || rest[0] == '[');
  });
  return field == std::end(fields) ? "" : field->why(change);
}

}  // namespace celldrift::audit

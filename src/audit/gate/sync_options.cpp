#include "audit/gate/sync_options.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

constexpr std::string_view annotation = "argocd.argoproj.io/sync-options";
constexpr std::string_view deletes_with_it = "resources-finalizer.argocd.argoproj.io";

// "Name=value" -> value, where the text is about that option.
std::string_view value_in(std::string_view text, std::string_view option) {
  text = trim(text);
  return text.size() > option.size() && text.starts_with(option) && text[option.size()] == '='
             ? text.substr(option.size() + 1)
             : std::string_view();
}

std::string_view last_in_annotation(const Value& object, std::string_view option) {
  std::string_view found;
  for (const std::string_view part :
       split(object.string_at({"metadata", "annotations", annotation}), ',')) {
    const std::string_view value = value_in(part, option);
    found = value.empty() ? found : value;
  }
  return found;
}

std::string_view last_in_application(const Value& application, std::string_view option) {
  std::string_view found;
  const Value* options = application.find({"spec", "syncPolicy", "syncOptions"});
  for (const Value& each : options == nullptr ? std::span<const Value>() : options->items()) {
    const std::string_view value =
        each.is_string() ? value_in(each.as_string(), option) : std::string_view();
    found = value.empty() ? found : value;
  }
  return found;
}

}  // namespace

std::string_view SyncOptions::value(std::string_view option) const {
  const std::string_view own = last_in_annotation(object_, option);
  return own.empty() ? last_in_application(application_, option) : own;
}

bool prunes_by_itself(const Value& application) {
  const Value* automated = application.find({"spec", "syncPolicy", "automated"});
  if (automated == nullptr || !automated->is_map()) {
    return false;
  }
  const Value* enabled = automated->find("enabled");
  const Value* prune = automated->find("prune");
  return (enabled == nullptr || !enabled->is_bool() || enabled->as_bool()) && prune != nullptr &&
         prune->is_bool() && prune->as_bool();
}

std::string why_left(const Value& application, const Value& live) {
  const std::string_view prune = SyncOptions(application, live).value("Prune");
  if (prune == "false") {
    return "Prune=false keeps it";
  }
  if (prune == "confirm") {
    return "Prune=confirm: it stays until somebody confirms";
  }
  return prunes_by_itself(application) ? "" : "nothing prunes by itself there";
}

std::string why_left_behind(const Value& application, const Value& live) {
  const Value* finalizers = application.find({"metadata", "finalizers"});
  const auto items = finalizers == nullptr ? std::span<const Value>() : finalizers->items();
  const bool deletes = std::ranges::any_of(items, [](const Value& each) {
    return each.is_string() && each.as_string().starts_with(deletes_with_it);
  });
  if (!deletes) {
    return "the Application has no finalizer that deletes its objects";
  }
  const std::string_view option = SyncOptions(application, live).value("Delete");
  return option == "false"     ? "Delete=false keeps it"
         : option == "confirm" ? "Delete=confirm: it stays until somebody confirms"
                               : "";
}

}  // namespace celldrift::audit

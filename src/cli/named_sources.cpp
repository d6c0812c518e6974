#include "cli/named_sources.hpp"

#include "cli/render_application.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <tuple>

namespace celldrift::cli {
namespace {

constexpr int max_depth = 64;

bool is_literal(std::string_view text) {
  return text.find("{{") == std::string_view::npos;
}

bool is_of_generator(const Value& map) {
  return map.find("directories") != nullptr || map.find("files") != nullptr;
}

// Every map with a repoURL, but charts'.
void collect(const Value& value, int depth, std::vector<const Value*>& found) {
  if (depth > max_depth) {
    return;
  }
  const std::string_view url = value.string_at({"repoURL"});
  if (!url.empty() && is_literal(url) && !url.starts_with("oci://") &&
      value.string_at({"chart"}).empty()) {
    found.push_back(&value);
  }
  for (const auto& [key, item] : value.entries()) {
    collect(item, depth + 1, found);
  }
  for (const Value& item : value.items()) {
    collect(item, depth + 1, found);
  }
}

std::vector<WantedSource> wanted_of(const std::vector<const Value*>& maps) {
  std::vector<WantedSource> wanted;
  for (const Value* map : maps) {
    const std::string_view revision =
        map->string_at({is_of_generator(*map) ? "revision" : "targetRevision"});
    if (is_literal(revision)) {
      wanted.push_back({.url = std::string(map->string_at({"repoURL"})),
                        .target = {.revision = std::string(revision)}});
    }
  }
  return wanted;
}

std::vector<const Value*> maps_in(const fleet::Declared& declared) {
  std::vector<const Value*> maps;
  for (const auto* list : {&declared.application_sets, &declared.applications}) {
    for (const Value& object : *list) {
      if (const Value* spec = object.find("spec")) {
        collect(*spec, 0, maps);
      }
    }
  }
  return maps;
}

}  // namespace

std::vector<WantedSource> named_sources(const fleet::Declared& declared) {
  return wanted_of(maps_in(declared));
}

std::vector<WantedSource> generator_sources(const fleet::Declared& declared) {
  std::vector<const Value*> maps = maps_in(declared);
  std::erase_if(maps, [](const Value* map) { return !is_of_generator(*map); });
  return wanted_of(maps);
}

std::vector<WantedSource> sources_of(const std::vector<fleet::Application>& applications) {
  std::vector<WantedSource> wanted;
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> seen;
  for (const fleet::Application& application : applications) {
    for (const fleet::ApplicationSource& source : application.sources) {
      if (is_in_git(source) &&
          seen.emplace(source.repo_url, source.target_revision, tag_prefix_of(source)).second) {
        wanted.push_back(wanted_source(source));
      }
    }
  }
  return wanted;
}

}  // namespace celldrift::cli

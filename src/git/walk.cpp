#include "git/walk.hpp"

#include "celldrift/core/text.hpp"
#include "git/library.hpp"
#include "git/paths.hpp"

#include <algorithm>

namespace celldrift::git {

namespace {

constexpr std::size_t max_links = 40;  // as Linux

}  // namespace

std::optional<Entry> entry_named(const Directory& directory, std::string_view name) {
  const auto found = std::ranges::lower_bound(directory, name, {}, &Entry::name);
  if (found == directory.end() || found->name != name) {
    return std::nullopt;
  }
  return *found;
}

Walk::Walk(const Objects& objects, Entry root) : objects_(objects) {
  trail_.push_back(std::move(root));
}

std::optional<Entry> Walk::to(std::string_view path) {
  push_steps(path, std::nullopt);
  while (!steps_.empty()) {
    const Step step = std::move(steps_.back());
    steps_.pop_back();
    if (step.name == "..") {
      go_up(step);
      continue;
    }
    auto entry = take(step);
    if (!entry) {
      return std::nullopt;
    }
    if (entry->kind == EntryKind::symlink) {
      follow(*entry);
    } else {
      trail_.push_back(*std::move(entry));
    }
  }
  return trail_.back();
}

// Nothing there: the caller's path names nothing, but a link that leads to nothing is broken.
std::optional<Entry> Walk::take(const Step& step) {
  auto entry = entry_here(step);
  if (!entry && step.link) {
    throw broken(links_[*step.link], "which does not exist", ErrorCode::not_found);
  }
  return entry;
}

std::optional<Entry> Walk::entry_here(const Step& step) const {
  const Entry& here = trail_.back();
  if (here.kind == EntryKind::submodule) {
    throw Error(ErrorCode::unsupported,
                "'" + place_of(step.name) + "' is in a submodule, which celldrift " +
                    "does not enter: audit the submodule's repository");
  }
  if (here.kind != EntryKind::directory) {
    return std::nullopt;
  }
  return entry_named(*objects_.directory(here.oid), step.name);
}

// Only targets of links have "..": the caller's path is normalised.
void Walk::go_up(const Step& step) {
  const Link& link = links_[step.link.value()];
  if (trail_.back().kind != EntryKind::directory) {
    throw broken(link, "which does not exist", ErrorCode::not_found);
  }
  if (trail_.size() == 1) {
    throw broken(link, "which is outside of the repository");
  }
  trail_.pop_back();
}

void Walk::follow(const Entry& entry) {
  const auto target = objects_.content(entry.oid);
  const Link link{place_of(entry.name), *target};
  if (links_.size() == max_links) {
    throw broken(link, "after " + std::to_string(max_links) + " others: they loop");
  }
  if (target->size() > max_path_bytes) {
    throw broken(link, "which is too long");
  }
  if (target->starts_with('/')) {
    throw broken(link, "which is outside of the repository");
  }
  if (target->empty() || target->find('\0') != target->npos) {
    throw broken(link, "which does not exist", ErrorCode::not_found);
  }
  links_.push_back(link);
  push_steps(*target, links_.size() - 1);
}

void Walk::push_steps(std::string_view path, std::optional<std::size_t> link) {
  auto names = split(path, '/');
  std::ranges::reverse(names);
  for (const std::string_view name : names) {
    if (!name.empty() && name != ".") {
      steps_.push_back({std::string(name), link});
    }
  }
}

std::string Walk::place_of(std::string_view name) const {
  std::string place;
  for (const Entry& entry : trail_) {
    place += entry.name.empty() ? "" : entry.name + "/";
  }
  return place.append(name);
}

Error Walk::broken(const Link& link, std::string_view what, ErrorCode code) const {
  return Error(code,
               "symbolic link " + in_quotes(link.path) + " points to " + in_quotes(link.target) +
                   ", " + std::string(what));
}

}  // namespace celldrift::git

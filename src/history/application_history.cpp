#include "celldrift/history/application_history.hpp"

#include "celldrift/history/version.hpp"
#include "history/declarations.hpp"
#include "history/past_tree.hpp"

#include <algorithm>

namespace celldrift::history {
namespace {

constexpr int max_depth = 64;

void collect_files(const Value& value,
                   int depth,
                   std::map<std::string, std::vector<std::string>>& files) {
  const Source& source = source_of(value.mark().source);
  if (!source.commit.empty()) {
    auto& paths = files[source.commit];
    if (std::ranges::find(paths, source.path) == paths.end()) {
      paths.push_back(source.path);
    }
  }
  if (depth > max_depth) {
    return;
  }
  for (const auto& [key, entry] : value.entries()) {
    collect_files(entry, depth + 1, files);
  }
  for (const Value& item : value.items()) {
    collect_files(item, depth + 1, files);
  }
}

// A path from the root as git has it; nothing where it leads out of the repository.
std::optional<std::string> normal(std::string_view directory, std::string_view path) {
  try {
    std::string joined = git::join_path(directory, path);
    return joined == "." ? "" : std::move(joined);
  } catch (const Error&) {
    return std::nullopt;
  }
}

// The directory of a source, and the files beside it that it names.
std::vector<std::string> paths_of(const fleet::ApplicationSource& source) {
  std::vector<std::string> paths;
  const auto add = [&](std::string_view directory, std::string_view path) {
    if (auto found = normal(directory, path)) {
      paths.push_back(*std::move(found));
    }
  };
  if (source.path.empty()) {
    return paths;
  }
  add("", source.path);
  const Value* files = source.spec.find({"helm", "valueFiles"});
  for (const Value& file : files != nullptr ? files->items() : std::span<const Value>{}) {
    const std::string_view text = file.is_string() ? file.as_string() : "";
    if (text.starts_with('$')) {  // "$values/prod.yaml": from the root of another source
      add("", text.substr(std::min(text.find('/'), text.size() - 1) + 1));
    } else if (!text.empty() && text.find("://") == text.npos) {
      add(source.path, text);
    }
  }
  return paths;
}

bool renders(const fleet::ApplicationSource& source) {
  return !source.path.empty();
}

const Value& spec_of(const fleet::Application& application) {
  static const Value none;
  const Value* spec = application.object.find("spec");
  return spec == nullptr ? none : *spec;
}

}  // namespace

std::map<std::string, std::vector<std::string>> declared_in(const fleet::Application& application) {
  std::map<std::string, std::vector<std::string>> files;
  const Source& own = source_of(application.mark.source);
  if (!own.commit.empty()) {
    files[own.commit].push_back(own.path);
  }
  collect_files(application.origin.parameters, 0, files);
  return files;
}

ApplicationHistory::ApplicationHistory(const Subject& subject, Workshop& workshop)
    : subject_(subject), workshop_(workshop) {
  const Source& own = source_of(subject.application.mark.source);
  const auto files = declared_in(subject.application);
  if (const auto found = files.find(subject.wanted);
      found != files.end() && own.commit == subject.wanted) {
    declaring_ = found->second;
  }
  declaring_wanted_ = subject.repository.contents(subject.wanted, declaring_);
  paths_.insert(declaring_.begin(), declaring_.end());
  add_paths(subject.application);
}

std::vector<std::string> ApplicationHistory::paths() const {
  return {paths_.begin(), paths_.end()};
}

const Located* ApplicationHistory::located(const fleet::ApplicationSource& source) {
  const std::string prefix(source.spec.string_at({"tagPrefix"}));
  const auto [place, is_new] =
      located_.try_emplace({source.repo_url, source.target_revision, prefix});
  if (is_new) {
    try {
      place->second = subject_.locate(source);
    } catch (const Error&) {  // what cannot be found any more is no candidate
    }
  }
  return place->second ? &*place->second : nullptr;
}

bool ApplicationHistory::is_in_line(const fleet::ApplicationSource& source) {
  const Located* found = located(source);
  return found != nullptr && found->commit == subject_.wanted;
}

void ApplicationHistory::add_paths(const fleet::Application& application) {
  for (const fleet::ApplicationSource& source : application.sources) {
    if (renders(source) && is_in_line(source)) {
      const auto paths = paths_of(source);
      paths_.insert(paths.begin(), paths.end());
    }
  }
}

// Where what declares it is the same, it is the same; where the declaration was elsewhere, it is
// taken to be what it is now: whether that fits, the cell shows.
ApplicationHistory::Found ApplicationHistory::declared_at(const std::string& commit) {
  if (declaring_.empty()) {
    return subject_.application;
  }
  const auto contents = subject_.repository.contents(commit, declaring_);
  if (contents == declaring_wanted_ || contents.front().empty()) {
    return subject_.application;
  }
  const auto applications = expand_at(commit);
  const auto found =
      std::ranges::find(*applications, subject_.application.name, &fleet::Application::name);
  return found == applications->end() ? std::nullopt : Found(*found);
}

Workshop::Expanded ApplicationHistory::expand_at(const std::string& commit) const {
  const std::string& set = subject_.application.origin.application_set;
  const std::string key = subject_.cell.name + '\0' + commit + '\0' + declaring_.front() + '\0' +
                          (set.empty() ? "Application " + subject_.application.name : set);
  return workshop_.expanded(key, [&] {
    return std::make_shared<const std::vector<fleet::Application>>(
        declared_in_past(subject_, commit, declaring_.front(), workshop_.inputs()));
  });
}

std::string ApplicationHistory::inputs(const std::string& commit) {
  const Found application = declared_at(commit);
  if (!application) {
    return "";
  }
  add_paths(*application);
  std::string text = std::to_string(spec_of(*application).hash().low) + '.' +
                     std::to_string(spec_of(*application).hash().high);
  for (const fleet::ApplicationSource& source : application->sources) {
    if (!renders(source)) {
      continue;
    }
    const Located* found = located(source);
    if (found == nullptr) {
      return "";
    }
    if (found->commit != subject_.wanted) {
      text += ' ' + found->commit;
      continue;
    }
    const auto contents = subject_.repository.contents(commit, paths_of(source));
    if (contents.empty() || contents.front().empty()) {
      return "";
    }
    for (const std::string& content : contents) {
      text += ' ' + content;
    }
  }
  return text;
}

Sources ApplicationHistory::render_at(const std::string& commit,
                                      const fleet::Application& application) {
  const auto renderer = workshop_.renderer();
  Sources rendered;
  for (const fleet::ApplicationSource& source : application.sources) {
    if (!renders(source)) {
      continue;
    }
    const Located* found = located(source);
    if (found == nullptr) {
      throw Error(ErrorCode::not_found, "its source cannot be found any more");
    }
    if (found->commit != subject_.wanted) {
      rendered.push_back(renderer->source(*found->tree, source, application));
      continue;
    }
    const auto tree = subject_.repository.tree(commit);
    const auto path = normal("", source.path);
    const bool is_known_by_id = path && !has_links(*tree, *path);
    rendered.push_back(
        renderer->source(is_known_by_id ? *past_tree(tree) : *tree, source, application));
  }
  workshop_.count(rendered);
  return rendered;
}

std::optional<Score> ApplicationHistory::score(const std::string& commit) {
  const Found application = declared_at(commit);
  if (!application) {
    return std::nullopt;
  }
  try {
    const Sources sources = render_at(commit, *application);
    std::optional<Score> score = subject_.score(*application, sources);
    if (score) {
      score->version = version_of(sources, subject_.application.component);
    }
    return score;
  } catch (const Error&) {  // a commit that was broken then was never live
    return std::nullopt;
  }
}

}  // namespace celldrift::history

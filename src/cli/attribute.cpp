#include "cli/attribute.hpp"

#include <algorithm>
#include <map>

namespace celldrift::cli {
namespace {

using Files = std::map<std::string, git::BlameFile>;  // by path

// What Git does not state has no line of its own.
bool has_line(const audit::Finding& finding) {
  return finding.change != compare::Change::added && finding.source.line != 0 &&
         !source_of(finding.source.source).path.empty();
}

// The files that findings name, by the commit that they were read at ("": the work tree).
std::map<std::string, Files> files_of(const std::vector<audit::Finding>& findings) {
  std::map<std::string, Files> files;
  for (const audit::Finding& finding : findings) {
    if (has_line(finding)) {
      const Source& source = source_of(finding.source.source);
      git::BlameFile& file = files[source.commit][source.path];
      file.path = source.path;
      file.blob = source.blob;
      file.lines.insert(finding.source.line);
    }
  }
  return files;
}

git::Blamed nothing_known(const std::vector<git::BlameFile>& files, const std::string& reason) {
  git::Blamed blamed;
  for (const git::BlameFile& file : files) {
    for (const std::uint32_t line : file.lines) {
      blamed[{file.path, line}].reason = reason;
    }
  }
  return blamed;
}

// Files as they lie are looked up as they differ from the commit that is checked out.
git::Blamed blame(std::string commit, Files files, Manifests& manifests) {
  std::vector<git::BlameFile> list;
  for (auto& [path, file] : files) {
    list.push_back(std::move(file));
  }
  try {
    const audit::ManifestsInfo info = manifests.info();
    if (commit.empty() && info.worktree && !info.commit.empty()) {
      commit = info.commit;
      for (git::BlameFile& file : list) {
        file.text = *manifests.tree()->read(file.path).text;
      }
    }
    const auto repository = commit.empty() ? nullptr : manifests.repository_with(commit);
    return repository == nullptr ? nothing_known(list, "it is in no commit that is here")
                                 : repository->blame(commit, list, {});
  } catch (const Error& error) {
    return nothing_known(list, error.message());
  }
}

void fill_in(audit::Finding& finding, const git::LineChange& change) {
  if (change.commit) {
    finding.origin = {.commit = change.commit->id,
                      .author = change.commit->author,
                      .time = Time(std::chrono::seconds(change.commit->time)),
                      .subject = change.commit->subject};
  } else {
    finding.origin_unknown = change.uncommitted ? "the line is not committed" : change.reason;
  }
}

}  // namespace

void attribute(std::vector<audit::Finding>& findings, Manifests& manifests) {
  std::map<std::string, git::Blamed> by_commit;
  for (auto& [commit, files] : files_of(findings)) {
    by_commit[commit] = blame(commit, std::move(files), manifests);
  }
  for (audit::Finding& finding : findings) {
    if (has_line(finding)) {
      const Source& source = source_of(finding.source.source);
      fill_in(finding, by_commit.at(source.commit).at({source.path, finding.source.line}));
    }
  }
}

}  // namespace celldrift::cli

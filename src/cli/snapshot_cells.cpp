#include "cli/snapshot_cells.hpp"

#include "celldrift/core/environment.hpp"
#include "celldrift/core/parallel.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/observe/snapshot.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>

namespace celldrift::cli {
namespace {

namespace fs = std::filesystem;

bool is_local_folder(const std::string& place) {
  std::error_code ignored;
  return !store::is_remote(place) && fs::is_directory(place, ignored);
}

// Whether a place stands for all the snapshots in it.
bool is_folder(const std::string& place) {
  return store::is_remote(place) ? store::parse_place(place).is_folder : is_local_folder(place);
}

// A place without what may be a secret in it.
std::string shown(const std::string& place) {
  return store::is_remote(place) ? store::parse_place(place).text : place;
}

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (store::is_snapshot_name(entry.path().filename().string()) && !entry.is_directory()) {
      files.push_back(entry.path().string());
    }
  }
  std::ranges::sort(files);
  return files;
}

// Why the place could not be read; "" where it was.
std::string attempt(const std::string& place, const std::function<void()>& read) {
  try {
    read();
    return "";
  } catch (const Error& error) {
    return error.what();
  } catch (const fs::filesystem_error& error) {
    return place + ": " + error.code().message();
  }
}

Problem problem_with(std::string message) {
  return {.stage = Stage::observe, .message = std::move(message)};
}

}  // namespace

struct SnapshotFinder::Candidate {
  std::string path;                                    // here, or as messages name it
  std::shared_ptr<const std::string> bytes = nullptr;  // of one that is elsewhere
  std::string error = {};                              // why nothing is known of it
  bool is_something_else = false;                      // it is no snapshot, nor meant for one
  observe::SnapshotBrief brief = {};

  // Reads what there is to know.
  void look() {
    if (!error.empty()) {
      return;
    }
    std::string here;
    try {
      if (bytes == nullptr) {
        here = read_file(path);
      }
    } catch (const Error& failure) {
      error = "cannot read the snapshot " + path + ": " + failure.message();
      return;
    }
    const std::string& all = bytes != nullptr ? *bytes : here;
    try {
      brief = observe::brief_snapshot(all, path);
    } catch (const Error& failure) {
      error = failure.message();
      is_something_else = path.ends_with(".json.gz") && !observe::looks_like_snapshot(all);
    }
  }
};

store::Settings store_settings(const Options& options) {
  return {.timeout = options.timeout,
          .concurrency = options.concurrency,
          .token = environment("CELLDRIFT_SNAPSHOT_TOKEN"),
          .token_host = environment("CELLDRIFT_SNAPSHOT_TOKEN_HOST"),
          .aws = kube::aws_surroundings(options.now)};
}

SnapshotFinder::SnapshotFinder(const Options& options)
    : concurrency_(options.concurrency), stores_(store_settings(options)) {}

SnapshotFinder::Candidates SnapshotFinder::read_place(const std::string& place,
                                                      store::NamedBy named_by) {
  Candidates candidates;
  if (store::is_remote(place)) {
    for (store::File& file : stores_.fetch(store::parse_place(place), named_by)) {
      candidates.push_back({.path = std::move(file.place),
                            .bytes = std::make_shared<const std::string>(std::move(file.bytes)),
                            .error = std::move(file.error)});
    }
  } else if (is_local_folder(place)) {
    for (std::string& file : files_in(place)) {
      candidates.push_back({.path = std::move(file)});
    }
  } else {
    candidates.push_back({.path = place});
  }
  for_each_index(candidates.size(), 0, [&](std::size_t i) { candidates[i].look(); });
  std::erase_if(candidates, [](const Candidate& each) { return each.is_something_else; });
  return candidates;
}

fleet::Cell SnapshotFinder::cell_of(const Candidate& candidate) {
  return {.name = candidate.brief.cell,
          .server = candidate.brief.server,
          .labels = candidate.brief.labels,
          .labelled_by = "its snapshot",
          .access = fleet::SnapshotFile{.path = candidate.path, .bytes = candidate.bytes},
          .origin = "snapshot " + candidate.path};
}

// Of those of one time the last by name.
SnapshotFinder::Candidates SnapshotFinder::newest_of_each(Candidates candidates) {
  std::map<std::string, std::size_t> newest;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!candidates[i].error.empty()) {
      continue;
    }
    const auto [known, is_new] = newest.try_emplace(candidates[i].brief.cell, i);
    if (!is_new && candidates[i].brief.time >= candidates[known->second].brief.time) {
      known->second = i;
    }
  }
  Candidates kept;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto known = newest.find(candidates[i].brief.cell);
    if (!candidates[i].error.empty() || known->second == i) {
      kept.push_back(std::move(candidates[i]));
    }
  }
  return kept;
}

SnapshotCells SnapshotFinder::find(const std::vector<std::string>& places,
                                   store::NamedBy named_by) {
  struct Read {
    Candidates candidates;
    std::string error;  // why the place could not be read
  };
  std::vector<Read> read(places.size());
  for_each_index(places.size(), concurrency_, [&](std::size_t i) {
    read[i].error =
        attempt(places[i], [&] { read[i].candidates = read_place(places[i], named_by); });
  });
  SnapshotCells found;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (store::is_remote(places[i])) {
      store::parse_place(places[i]);  // what cannot be a place stops the run
    }
    const bool folder = is_folder(places[i]);
    if (folder) {
      found.folders.push_back(shown(places[i]));
    }
    if (!read[i].error.empty()) {
      found.problems.push_back(problem_with(read[i].error));
    } else if (read[i].candidates.empty()) {
      found.problems.push_back(problem_with("there is no snapshot in " + shown(places[i]) +
                                            ": no *.snap, *.snapshot or *.json.gz"));
    }
    for (const Candidate& each :
         folder ? newest_of_each(std::move(read[i].candidates)) : std::move(read[i].candidates)) {
      if (each.error.empty()) {
        found.cells.push_back(cell_of(each));
      } else if (!folder && each.bytes == nullptr) {
        throw Error(ErrorCode::config, each.error);
      } else {
        found.problems.push_back(problem_with(each.error));
      }
    }
  }
  return found;
}

void SnapshotFinder::give_own(fleet::Cell& cell,
                              const std::string& place,
                              const Candidates& candidates) {
  const bool folder = is_folder(place);
  std::string error;
  for (const Candidate& each : candidates) {
    if (each.error.empty() && (!folder || each.brief.cell == cell.name)) {
      cell.access = fleet::SnapshotFile{.path = each.path, .bytes = each.bytes};
      return;
    }
    error = error.empty() ? each.error : error;
  }
  cell.access = fleet::Unreachable{folder ? "there is no snapshot of it in " + shown(place) +
                                                (error.empty() ? "" : "; " + error)
                                          : error};
}

void SnapshotFinder::fetch_own(std::vector<fleet::Cell>& cells) {
  const auto place_of = [](const fleet::Cell& cell) -> std::string {
    const auto* snapshot = std::get_if<fleet::SnapshotFile>(&cell.access);
    const bool is_elsewhere = snapshot != nullptr &&
                              (store::is_remote(snapshot->path) || is_local_folder(snapshot->path));
    return is_elsewhere ? snapshot->path : "";
  };
  std::set<std::string> distinct;
  for (const fleet::Cell& cell : cells) {
    distinct.insert(place_of(cell));
  }
  distinct.erase("");
  const std::vector<std::string> places(distinct.begin(), distinct.end());
  std::vector<Candidates> read(places.size());
  for_each_index(places.size(), concurrency_, [&](std::size_t i) {
    std::string error = attempt(
        places[i], [&] { read[i] = newest_of_each(read_place(places[i], store::NamedBy::repo)); });
    if (!error.empty()) {
      read[i] = {{.path = "", .error = std::move(error)}};
    }
  });
  for (fleet::Cell& cell : cells) {
    const auto place = std::ranges::find(places, place_of(cell));
    if (place != places.end()) {
      give_own(cell, *place, read[std::size_t(place - places.begin())]);
    }
  }
}

bool needs_snapshot(const fleet::CellEntry& entry) {
  return entry.context.empty() && entry.snapshot.empty();
}

void share_out(const std::vector<fleet::CellEntry>& entries,
               std::vector<fleet::Cell>& named,
               SnapshotCells& found) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!needs_snapshot(entries[i])) {
      continue;
    }
    fleet::Cell& cell = named[i];
    const auto snapshot = std::ranges::find(found.cells, cell.name, &fleet::Cell::name);
    if (snapshot != found.cells.end()) {
      cell.access = std::move(snapshot->access);
      cell.origin = std::move(snapshot->origin);
      cell.server = cell.server.empty() ? snapshot->server : cell.server;
      if (cell.labels.empty() && !snapshot->labels.empty()) {
        cell.labels = std::move(snapshot->labels);
        cell.labelled_by = snapshot->labelled_by;
      }
      found.cells.erase(snapshot);
    } else if (!found.folders.empty()) {
      cell.access =
          fleet::Unreachable{"there is no snapshot of it in " + join(found.folders, ", ")};
    }
  }
}

}  // namespace celldrift::cli

// A repository of many commits of a few services, written with git fast-import, and what each
// commit is known to say of each service.
#pragma once

#include "unit/git/sandbox.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace celldrift::history {

// What one channel of a service runs.
struct Release {
  int tag = 0;
  int replicas = 2;
  int level = 0;
  bool has_extra = false;
  std::string comment;  // changes files and nothing else
};

struct Service {
  std::string name;
  std::string folder;  // changes when it is renamed
  std::string channel = "stable";
  bool has_config = false;  // the channel is in a file of its own, not in the ApplicationSet
  std::map<std::string, Release> releases{{"stable", {}}, {"canary", {}}};

  const Release& live() const { return releases.at(channel); }
};

using Files = std::map<std::string, std::string>;

inline std::string deployment_of(const std::string& name, const Release& release) {
  return "# " + release.comment +
         "\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: " + name +
         "\n  namespace: " + name + "\nspec:\n  replicas: " + std::to_string(release.replicas) +
         "\n  selector:\n    matchLabels:\n      app: " + name +
         "\n  template:\n    metadata:\n      labels:\n        app: " + name +
         "\n    spec:\n      containers:\n        - name: app\n          image: registry/" + name +
         ":1." + std::to_string(release.tag) + "\n";
}

inline std::string config_of(const std::string& name, const std::string& suffix, int level) {
  return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + suffix +
         "\n  namespace: " + name + "\ndata:\n  level: \"" + std::to_string(level) +
         "\"\n  fixed: \"1\"\n";
}

inline std::string set_of(const Service& service) {
  const std::string url = "https://git.example.com/fleet.git";
  const std::string generators =
      service.has_config
          ? "    - matrix:\n        generators:\n          - clusters: {}\n          - git:\n"
            "              repoURL: " +
                url +
                "\n              revision: HEAD\n              files:\n                - path: "
                "config/" +
                service.name + ".json\n"
          : "    - clusters:\n        values:\n          channel: " + service.channel + "\n";
  return "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata:\n  name: " +
         service.name + "\n  namespace: argocd\nspec:\n  goTemplate: true\n  generators:\n" +
         generators + "  template:\n    metadata:\n      name: '{{.name}}-" + service.name +
         "'\n    spec:\n      project: default\n      source:\n        repoURL: " + url +
         "\n        targetRevision: HEAD\n        path: '" + service.folder + "/{{." +
         (service.has_config ? "" : "values.") +
         "channel}}'\n      destination:\n        server: '{{.server}}'\n        namespace: " +
         service.name + "\n";
}

inline Files files_of(const std::vector<Service>& services, int readme) {
  Files files{{"README.md", std::to_string(readme)}};
  for (const Service& service : services) {
    files["applicationsets/" + service.name + ".yaml"] = set_of(service);
    if (service.has_config) {
      files["config/" + service.name + ".json"] = "{\"channel\": \"" + service.channel + "\"}";
    }
    for (const auto& [channel, release] : service.releases) {
      const std::string folder = service.folder + "/" + channel + "/";
      files[folder + "deployment.yaml"] = deployment_of(service.name, release);
      files[folder + "config.yaml"] = config_of(service.name, "", release.level);
      if (release.has_extra) {
        files[folder + "extra.yaml"] = config_of(service.name, "-extra", 7);
      }
    }
  }
  return files;
}

// All that the service is rendered from, as its files say.
inline std::string inputs_of(const Service& service, const Files& files) {
  std::string text = set_of(service) + (service.has_config ? service.channel : "");
  const std::string folder = service.folder + "/" + service.channel + "/";
  for (auto file = files.lower_bound(folder);
       file != files.end() && file->first.starts_with(folder);
       ++file) {
    text += file->first + file->second;
  }
  return text;
}

struct Commit {
  std::string id;
  std::int64_t time = 0;
  std::vector<std::size_t> parents;
  std::vector<Service> services;
  std::vector<std::string> inputs;  // by service
};

class RandomRepo {
 public:
  static constexpr std::size_t services = 8;

  RandomRepo(unsigned seed, std::size_t commits) : random_(seed) {
    std::vector<Service> world;
    for (std::size_t i = 0; i < services; ++i) {
      const std::string name = "svc" + std::to_string(i);
      world.push_back({.name = name, .folder = "apps/" + name, .has_config = i % 2 == 1});
    }
    add(world, {});
    while (commits_.size() + 12 < commits) {
      pick(12) == 0 ? add_branch() : add(changed(latest().services, pick(services)), {main_});
    }
    while (commits_.size() + 5 < commits) {
      add(changed(latest().services, pick(services)), {main_});
    }
    head_ = main_;
    for (std::size_t at = head_; commits_.size() < commits; at = main_) {
      add(changed(commits_[at].services, 0), {at});
    }
    import();
  }

  const git::Repo& repo() const { return repo_; }
  const std::vector<Commit>& commits() const { return commits_; }
  std::size_t head() const { return head_; }  // of main; what comes after it is on "hotfix"
  std::size_t pick(std::size_t count) { return random_() % count; }

 private:
  const Commit& latest() const { return commits_[main_]; }

  void add(std::vector<Service> world, std::vector<std::size_t> parents) {
    Commit& commit = commits_.emplace_back();
    commit.time = 1'700'000'000 + std::int64_t(commits_.size()) * 600;
    commit.parents = std::move(parents);
    commit.services = std::move(world);
    files_.push_back(files_of(commit.services, int(commits_.size())));
    for (const Service& service : commit.services) {
      commit.inputs.push_back(inputs_of(service, files_.back()));
    }
    main_ = commits_.size() - 1;
  }

  // A few commits of one service beside others on main, and the merge.
  void add_branch() {
    const std::size_t fork = main_;
    const std::size_t mine = pick(services);
    add(changed(commits_[fork].services, mine), {fork});
    add(changed(latest().services, mine), {main_});
    const std::size_t side = main_;
    add(changed(commits_[fork].services, (mine + 1 + pick(services - 1)) % services), {fork});
    std::vector<Service> merged = latest().services;
    merged[mine] = commits_[side].services[mine];
    add(merged, {main_, side});
  }

  std::vector<Service> changed(std::vector<Service> world, std::size_t which) {
    Service& service = world[which];
    Release& release = service.releases.at(pick(4) == 0 ? "canary" : service.channel);
    switch (pick(14)) {
      case 0:
        release.replicas = 1 + int(pick(5));
        break;
      case 1:
        release.comment = std::to_string(commits_.size());
        break;
      case 2:
        service.channel = service.channel == "stable" ? "canary" : "stable";
        break;
      case 3:
        release.has_extra = !release.has_extra;
        break;
      case 4:
        service.folder =
            (service.folder.starts_with("apps/") ? "services/" : "apps/") + service.name;
        break;
      case 5:
      case 6:
        release.level = int(pick(6));
        break;
      case 7:
      case 8:  // a revert
        service = commits_[pick(commits_.size())].services[which];
        break;
      default:
        release.tag = int(commits_.size());
    }
    return world;
  }

  void import() {
    std::ostringstream stream;
    for (std::size_t i = 0; i < commits_.size(); ++i) {
      const Commit& commit = commits_[i];
      stream << "commit refs/heads/" << (i > head_ ? "hotfix" : "main") << "\nmark :" << i + 1
             << "\ncommitter Ada <ada@example.com> " << commit.time << " +0000\ndata 1\nx\n";
      for (std::size_t k = 0; k < commit.parents.size(); ++k) {
        stream << (k == 0 ? "from :" : "merge :") << commit.parents[k] + 1 << "\n";
      }
      write_files(stream, commit.parents.empty() ? Files() : files_[commit.parents[0]], files_[i]);
    }
    const git::fs::path script = repo_.path() / "script";
    git::write(script, stream.str());
    repo_.git("fast-import --quiet --force --export-marks=marks < '" + script.string() + "'");
    std::ifstream marks(repo_.path() / "marks");
    std::string mark;
    std::string id;
    while (marks >> mark >> id) {
      commits_[std::stoul(mark.substr(1)) - 1].id = id;
    }
  }

  static void write_files(std::ostringstream& stream, const Files& before, const Files& after) {
    for (const auto& [path, text] : before) {
      if (!after.contains(path)) {
        stream << "D " << path << "\n";
      }
    }
    for (const auto& [path, text] : after) {
      const auto old = before.find(path);
      if (old == before.end() || old->second != text) {
        stream << "M 100644 inline " << path << "\ndata " << text.size() << "\n" << text << "\n";
      }
    }
  }

  git::Repo repo_;
  std::mt19937 random_;
  std::vector<Commit> commits_;
  std::vector<Files> files_;
  std::size_t main_ = 0;
  std::size_t head_ = 0;
};

}  // namespace celldrift::history

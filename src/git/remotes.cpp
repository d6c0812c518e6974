#include "git/remotes.hpp"

#include "celldrift/git/repository.hpp"

#include <git2.h>

#include <algorithm>

namespace celldrift::git {

namespace {

std::vector<std::string> remote_names(git_repository& repository) {
  git_strarray list{};
  if (const int status = git_remote_list(&list, &repository); status < 0) {
    throw_last(status, "listing remotes");
  }
  std::vector<std::string> names(list.strings, list.strings + list.count);
  git_strarray_dispose(&list);
  std::ranges::stable_partition(names, [](const std::string& name) { return name == "origin"; });
  return names;
}

void add_url(std::vector<std::string>& urls, std::string_view url) {
  const std::string clean = without_credentials(url);
  if (!clean.empty() && std::ranges::find(urls, clean) == urls.end()) {
    urls.push_back(clean);
  }
}

void add_written_url(std::vector<std::string>& urls,
                     git_repository& repository,
                     const std::string& name) {
  git_config* config = nullptr;
  if (git_repository_config_snapshot(&config, &repository) < 0) {
    return;
  }
  const char* url = nullptr;
  if (git_config_get_string(&url, config, ("remote." + name + ".url").c_str()) == 0) {
    add_url(urls, url);
  }
  git_config_free(config);
}

void add_used_url(std::vector<std::string>& urls,
                  git_repository& repository,
                  const std::string& name) {
  git_remote* remote = nullptr;
  if (git_remote_lookup(&remote, &repository, name.c_str()) < 0) {
    return;  // a [remote] section without url
  }
  const Handle<git_remote> found(remote);
  if (const char* url = git_remote_url(remote); url != nullptr) {
    add_url(urls, url);
  }
}

}  // namespace

std::vector<std::string> remote_urls(git_repository& repository) {
  std::vector<std::string> urls;
  for (const std::string& name : remote_names(repository)) {
    add_written_url(urls, repository, name);
    add_used_url(urls, repository, name);
  }
  return urls;
}

}  // namespace celldrift::git

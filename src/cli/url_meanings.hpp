// UrlMeanings: which repository a repoURL stands for, as far as this is known without asking it.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace celldrift::cli {

// What is known of one URL.
struct UrlMeaning {
  const std::string* location = nullptr;  // what --map says; null where it says nothing
  bool is_audited = false;                // it is an address of the audited repository
};

// URLs are compared as git::normalized_url has them. Each is looked at once, however many
// Applications name it. of() is thread-safe; what changes the meanings is not.
class UrlMeanings {
 public:
  // `map`: URLs and locations, as --map gives them.
  explicit UrlMeanings(const std::map<std::string, std::string>& map);

  // A remote of the audited repository.
  void add_remote(const std::string& url);
  bool has_remotes() const { return !remotes_.empty(); }
  // A repository without remotes is taken to be the one that is named, if these are all of one
  // repository; those that are mapped do not count. The first call with others decides.
  void assume(const std::vector<std::string>& urls);
  // The audited repository is known otherwise: nothing is assumed.
  void assume_nothing() { is_decided_ = true; }

  UrlMeaning of(const std::string& url) const;

 private:
  UrlMeaning work_out(const std::string& url) const;

  std::vector<std::pair<std::string, std::string>> map_;  // by normalised URLs
  std::set<std::string> remotes_;                         // normalised
  std::string assumed_url_;  // what a repo without remotes is taken for, normalised
  bool is_decided_ = false;  // whether it is taken for something
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, UrlMeaning> known_;
};

}  // namespace celldrift::cli

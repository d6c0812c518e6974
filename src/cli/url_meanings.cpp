#include "cli/url_meanings.hpp"

#include "celldrift/git/repository.hpp"

#include <algorithm>

namespace celldrift::cli {

UrlMeanings::UrlMeanings(const std::map<std::string, std::string>& map) {
  for (const auto& [url, location] : map) {
    map_.emplace_back(git::normalized_url(url), location);
  }
}

void UrlMeanings::add_remote(const std::string& url) {
  remotes_.insert(git::normalized_url(url));
  known_.clear();
}

void UrlMeanings::assume(const std::vector<std::string>& urls) {
  std::set<std::string> others;
  for (const std::string& url : urls) {
    if (of(url).location == nullptr) {
      others.insert(git::normalized_url(url));
    }
  }
  if (!others.empty() && !is_decided_ && remotes_.empty()) {
    assumed_url_ = others.size() == 1 ? *others.begin() : "";
    is_decided_ = true;
    known_.clear();
  }
}

UrlMeaning UrlMeanings::of(const std::string& url) const {
  const std::lock_guard lock(mutex_);
  const auto [place, is_new] = known_.try_emplace(url);
  if (is_new) {
    place->second = work_out(url);
  }
  return place->second;
}

UrlMeaning UrlMeanings::work_out(const std::string& url) const {
  const std::string wanted = git::normalized_url(url);
  const auto mapped = std::ranges::find(map_, wanted, [](const auto& one) { return one.first; });
  return {.location = mapped == map_.end() ? nullptr : &mapped->second,
          .is_audited = wanted == assumed_url_ || remotes_.contains(wanted)};
}

}  // namespace celldrift::cli

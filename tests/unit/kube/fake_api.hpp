// An Api in memory: a table of paths. Thread-safe.
#pragma once

#include "celldrift/kube/api.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace celldrift::test {

// Answers each GET with what a function gives or throws.
class FakeApi final : public kube::Api {
 public:
  using Answer = std::function<std::string(const std::string& path)>;
  explicit FakeApi(Answer answer) : answer_(std::move(answer)) {}

  std::future<kube::Response> get(kube::Request request, kube::Deadline) override {
    const std::lock_guard lock(mutex_);
    asked_.push_back(request.path);
    std::promise<kube::Response> promise;
    try {
      promise.set_value({200, "application/json", answer_(request.path)});
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
    return promise.get_future();
  }

  std::vector<std::string> asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  Answer answer_;
  std::mutex mutex_;
  std::vector<std::string> asked_;
};

}  // namespace celldrift::test

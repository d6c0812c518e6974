// An Api in memory. Thread-safe; the answer may depend on the path alone, so that timing does not
// matter.
#pragma once

#include "celldrift/kube/api.hpp"

#include <functional>
#include <string>
#include <thread>
#include <utility>

namespace celldrift::test {

class FakeApi final : public kube::Api {
 public:
  using Answer = std::function<std::string(const std::string& path)>;
  explicit FakeApi(Answer answer) : answer_(std::move(answer)) {}

  std::future<kube::Response> get(kube::Request request, kube::Deadline) override {
    std::promise<kube::Response> promise;
    try {
      promise.set_value({200, "application/json", answer_(request.path)});
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
    return promise.get_future();
  }

 private:
  Answer answer_;
};

}  // namespace celldrift::test

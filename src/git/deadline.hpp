// The time that a fetch may take, waiting for others included.
#pragma once

#include "celldrift/core/error.hpp"

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <utility>
#include <variant>

namespace celldrift::git {

struct Deadline {
  explicit Deadline(std::chrono::seconds length)
      : limit(length), end(std::chrono::steady_clock::now() + length) {}

  bool is_over() const { return std::chrono::steady_clock::now() >= end; }
  std::chrono::milliseconds left() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(end -
                                                                 std::chrono::steady_clock::now());
  }

  // Of who runs into it.
  Error error(const std::string& doing) const {
    return Error(ErrorCode::network,
                 doing + ": no complete answer within " + std::to_string(limit.count()) +
                     " s; check the network, or raise --timeout");
  }

  std::chrono::seconds limit;
  std::chrono::steady_clock::time_point end;
};

// libgit2 looks at the clock between reads that bring something. Looking up a host's name, or a
// server that sends one byte a minute, can keep it for ever; then its thread is left behind, and
// ends with the process.
template <class Work>
auto in_time(const Deadline& deadline, const std::string& doing, Work work) {
  constexpr std::chrono::seconds grace(2);  // what ends in time by itself says more
  using Outcome = std::variant<decltype(work()), Error>;
  std::packaged_task<Outcome()> task([work = std::move(work)]() -> Outcome {
    try {
      return work();
    } catch (const Error& error) {
      return error;
    }
  });
  auto result = task.get_future();
  std::thread thread(std::move(task));
  if (result.wait_until(deadline.end + grace) != std::future_status::ready) {
    thread.detach();
    throw deadline.error(doing);
  }
  thread.join();
  Outcome outcome = result.get();
  if (const auto* error = std::get_if<Error>(&outcome)) {
    throw *error;
  }
  return std::get<0>(std::move(outcome));
}

}  // namespace celldrift::git

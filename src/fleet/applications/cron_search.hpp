// When a cron schedule comes next, as robfig/cron v3 goes about it: it matters where clocks change.
#pragma once

#include "fleet/applications/cron.hpp"

#include <chrono>
#include <string>

namespace celldrift::fleet {

class CronSearch {
 public:
  // `zone` is one that is known.
  CronSearch(const CronFields& fields, std::string zone, std::int64_t after);

  std::optional<std::int64_t> run();

 private:
  struct Local {
    std::chrono::year_month_day date;
    int hour = 0;
    int minute = 0;
    int second = 0;
  };
  enum class Step { found, again };

  Local local() const;
  std::int64_t unix_time(const Local& local) const;
  bool is_day() const;
  void begin(const Local& at);
  Step to_month();
  Step to_day();
  Step to_hour();
  Step to_minute();
  Step to_second();

  const CronFields& fields_;
  std::string zone_;
  std::int64_t time_;
  bool is_moved_ = false;  // smaller units begin at their first then
};

}  // namespace celldrift::fleet

// Cron schedules of five fields, as robfig/cron v3 reads them (Argo CD 3.5's sync windows).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace celldrift::fleet {

// The values that each field stands for.
struct CronFields {
  static constexpr std::uint64_t star = std::uint64_t(1) << 63;
  std::uint64_t minute = 0;  // bit n: n is one of them; `star`: all are, by "*"
  std::uint64_t hour = 0;
  std::uint64_t day = 0;
  std::uint64_t month = 0;
  std::uint64_t weekday = 0;  // 0 is Sunday
};

class CronSchedule {
 public:
  // "0 22 * * *", "*/15 8-18 * * mon-fri"; "TZ=Europe/Berlin " before it is a time zone, which is
  // UTC otherwise. Throws Error(config) that says what is wrong.
  explicit CronSchedule(std::string_view text);

  // The first time after that one, in seconds since 1970; nothing where there is none before the
  // end of the fifth year after it.
  std::optional<std::int64_t> next(std::int64_t unix_seconds) const;

 private:
  CronFields fields_;
  std::string zone_ = "UTC";
};

}  // namespace celldrift::fleet

// Sync windows of AppProjects: random ones are compared with Argo CD's own code by
// tests/oracles/sync_windows/check.
#include "celldrift/fleet/sync_windows.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/applications/cron.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet {
namespace {

Time at(std::string_view text) {
  return *parse_time(text);
}

SyncWindows windows(std::string_view list) {
  return SyncWindows(yaml::parse("spec: {syncWindows: [" + std::string(list) + "]}").value);
}

const WindowSubject backend{.name = "cell-a-backend",
                            .server = "https://cell-a.example.com",
                            .cluster = "",
                            .ns = "backend"};

std::string next(std::string_view schedule, std::string_view after) {
  const auto found = CronSchedule(schedule).next(at(after).time_since_epoch().count());
  return found ? format_time(Time(std::chrono::seconds(*found))) : "never";
}

TEST_CASE("a schedule comes next") {
  struct Case {
    std::string_view schedule;
    std::string_view after;
    std::string_view next;
  };
  const Case cases[] = {
      {"0 22 * * *", "2026-03-01T21:59:59Z", "2026-03-01T22:00:00Z"},
      {"0 22 * * *", "2026-03-01T22:00:00Z", "2026-03-02T22:00:00Z"},
      {"*/15 8-18 * * mon-fri", "2026-03-06T18:45:00Z", "2026-03-09T08:00:00Z"},
      {"30/10 * * * *", "2026-03-06T18:00:00Z", "2026-03-06T18:30:00Z"},
      {"0 0 1 JAN *", "2026-03-06T18:00:00Z", "2027-01-01T00:00:00Z"},
      {"0 0 29 2 *", "2026-03-06T18:00:00Z", "2028-02-29T00:00:00Z"},
      {"0 0 31 2 *", "2026-03-06T18:00:00Z", "never"},
      // Of the days of a month and of a week one is enough, unless either is a star.
      {"0 0 13 * fri", "2026-03-01T00:00:00Z", "2026-03-06T00:00:00Z"},
      {"0 0 13 * *", "2026-03-01T00:00:00Z", "2026-03-13T00:00:00Z"},
      {"0 0 ? * sun", "2026-03-02T00:00:00Z", "2026-03-08T00:00:00Z"},
      {"TZ=Europe/Berlin 0 6 * * *", "2026-07-01T00:00:00Z", "2026-07-01T04:00:00Z"},
      {"CRON_TZ=Asia/Tokyo 0 6 * * *", "2026-07-01T00:00:00Z", "2026-07-01T21:00:00Z"},
      {", * * * *", "2026-07-01T00:00:00Z", "never"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.schedule);
    CHECK(next(each.schedule, each.after) == each.next);
  }
}

TEST_CASE("what is no schedule is refused") {
  for (const char* text : {"",
                           "* * * *",
                           "* * * * * *",
                           "@daily",
                           "60 * * * *",
                           "* 24 * * *",
                           "* * 0 * *",
                           "* * * 13 *",
                           "* * * * 7",
                           "a * * * *",
                           "5-1 * * * *",
                           "1-2-3 * * * *",
                           "*/0 * * * *",
                           "*/5/5 * * * *",
                           "-1 * * * *",
                           "TZ=Nowhere/City * * * * *",
                           "TZ=UTC"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(CronSchedule{text}, Error);
  }
}

TEST_CASE("what windows say of an Application at a time") {
  struct Case {
    std::string_view what;
    std::string_view windows;
    std::string_view now;
    std::string_view why;  // "" where it may be synced
  };
  const Case cases[] = {
      {"no window", "", "2026-03-01T23:00:00Z", ""},
      {"an open deny window",
       "{kind: deny, schedule: '0 22 * * *', duration: 8h, applications: ['*']}",
       "2026-03-02T05:59:59Z",
       "the deny window \"0 22 * * *\" of 8h is open"},
      {"a deny window that has ended",
       "{kind: deny, schedule: '0 22 * * *', duration: 8h, applications: ['*']}",
       "2026-03-02T06:00:00Z",
       ""},
      {"the zone's clock counts",
       "{kind: deny, schedule: '0 22 * * *', duration: 8h, applications: ['*'], timeZone: "
       "Asia/Tokyo}",
       "2026-03-01T13:30:00Z",
       "the deny window \"0 22 * * *\" of 8h, Asia/Tokyo is open"},
      {"an unknown zone is UTC",
       "{kind: deny, schedule: '0 22 * * *', duration: 8h, applications: ['*'], timeZone: "
       "Mars/Base}",
       "2026-03-01T13:30:00Z",
       ""},
      {"an allow window that is not open",
       "{kind: allow, schedule: '0 10 * * *', duration: 1h, applications: ['*']}",
       "2026-03-01T13:30:00Z",
       "the allow window \"0 10 * * *\" of 1h is not open"},
      {"one open allow window is enough",
       "{kind: allow, schedule: '0 10 * * *', duration: 1h, applications: ['*']}, "
       "{kind: allow, schedule: '0 13 * * *', duration: 1h, applications: ['*']}",
       "2026-03-01T13:30:00Z",
       ""},
      {"a deny window wins over an allow window",
       "{kind: allow, schedule: '* * * * *', duration: 1h, applications: ['*']}, "
       "{kind: deny, schedule: '0 13 * * *', duration: 1h, applications: ['*']}",
       "2026-03-01T13:30:00Z",
       "the deny window \"0 13 * * *\" of 1h is open"},
      {"another Application's window",
       "{kind: deny, schedule: '* * * * *', duration: 1h, applications: ['cell-b-*'], namespaces: "
       "[web]}",
       "2026-03-01T13:30:00Z",
       ""},
      {"by the namespace",
       "{kind: deny, schedule: '* * * * *', duration: 1h, applications: ['cell-b-*'], namespaces: "
       "['back*']}",
       "2026-03-01T13:30:00Z",
       "the deny window \"* * * * *\" of 1h is open"},
      {"by the cluster's server",
       "{kind: deny, schedule: '* * * * *', duration: 1h, clusters: ['https://cell-a.*']}",
       "2026-03-01T13:30:00Z",
       "the deny window \"* * * * *\" of 1h is open"},
      {"all of them, with andOperator",
       "{kind: deny, schedule: '* * * * *', duration: 1h, andOperator: true, applications: "
       "['cell-a-*'], "
       "namespaces: [web]}",
       "2026-03-01T13:30:00Z",
       ""},
      {"a window for nothing",
       "{kind: deny, schedule: '* * * * *', duration: 1h}",
       "2026-03-01T13:30:00Z",
       ""},
      {"a window that cannot be read stops everything",
       "{kind: allow, schedule: 'at noon', duration: 1h, applications: ['*']}",
       "2026-03-01T13:30:00Z",
       "the allow window \"at noon\" of 1h cannot be read (expected exactly 5 fields: at noon)"},
      {"no duration",
       "{kind: allow, schedule: '* * * * *', duration: 1 hour, applications: ['*']}",
       "2026-03-01T13:30:00Z",
       "the allow window \"* * * * *\" of 1 hour cannot be read (no duration: \"1 hour\")"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.what);
    const auto denial = windows(each.windows).denial(backend, at(each.now));
    CHECK((denial ? denial->why : "") == each.why);
  }
}

TEST_CASE("syncs by hand may run where all windows that deny let them") {
  const auto both = windows(
      "{kind: deny, schedule: '* * * * *', duration: 1h, applications: ['*'], manualSync: true}, "
      "{kind: deny, schedule: '* * * * *', duration: 1h, namespaces: ['*'], manualSync: true}");
  CHECK(both.denial(backend, at("2026-03-01T13:30:00Z"))->manual);
  const auto one = windows(
      "{kind: deny, schedule: '* * * * *', duration: 1h, applications: ['*'], manualSync: true}, "
      "{kind: deny, schedule: '* * * * *', duration: 1h, namespaces: ['*']}");
  CHECK_FALSE(one.denial(backend, at("2026-03-01T13:30:00Z"))->manual);
}

}  // namespace
}  // namespace celldrift::fleet

#include <charconv>

#include "app/commands/commands.h"
#include "app/commands/support.h"
#include "base/time_text.h"

namespace app {
namespace {

constexpr std::size_t kRowsDefault = 100;

cc::Json to_json(const jobs::Job& job) {
  return cc::json_object({{"job", cc::json_number(job.id.value)},
                          {"kind", cc::json_string(to_string(job.kind))},
                          {"account", cc::json_string(job.account.text)},
                          {"state", cc::json_string(to_string(job.state))},
                          {"attempt", cc::json_number(job.attempt)},
                          {"run_at", cc::json_string(base::utc_iso(job.run_at))},
                          {"error", cc::json_string(job.last_error_code)},
                          {"message", cc::json_string(job.last_error)}});
}

}  // namespace

int queue_list(Invocation& in) {
  std::optional<jobs::JobState> state;
  if (in.has("state")) {
    state = jobs::job_state_from(in.option("state"));
    if (!state) {
      in.out.problem(
          "--state: scheduled, available, running, retryable, completed, cancelled, discarded",
          "--state: scheduled, available, running, retryable, completed, cancelled, discarded");
      return exit_usage;
    }
  }
  ReadSession session(in);
  std::vector<jobs::Job> found;
  session.store().read(
      [&](jobs::Tables& tables) { found = tables.jobs.list(state, limit_of(in, kRowsDefault)); });
  if (in.out.json()) {
    std::vector<cc::Json> list;
    for (const auto& job : found) list.push_back(to_json(job));
    print_json(in, {{"jobs", cc::json_array(std::move(list))}});
    return exit_ok;
  }
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("VIỆC", "JOB"), in.out.pick("LOẠI", "KIND"), in.out.pick("GIAN HÀNG", "SHOP"),
       in.out.pick("TRẠNG THÁI", "STATE"), in.out.pick("LẦN", "ATTEMPT"),
       in.out.pick("CHẠY LÚC", "RUNS AT"), in.out.pick("LÝ DO", "REASON")}};
  for (const auto& job : found) {
    rows.push_back({std::to_string(job.id.value), std::string(to_string(job.kind)),
                    job.account.text, std::string(to_string(job.state)),
                    std::to_string(job.attempt), base::local_minute(job.run_at), job.last_error});
  }
  in.out.table(rows);
  return exit_ok;
}

int queue_retry(Invocation& in) {
  std::int64_t id = 0;
  const auto text = in.word(0);
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (failure != std::errc{} || stop != text.data() + text.size()) {
    in.out.problem("mã việc phải là số", "the job must be a number");
    return exit_usage;
  }
  WriteSession session(in);
  bool retried = in.dry_run();
  if (!in.dry_run()) {
    session.store().write([&](jobs::Tables& tables) {
      retried = tables.jobs.retry(jobs::JobId{id}, session.wiring().clock().now());
    });
  }
  if (!retried) {
    in.out.problem("việc " + text + " không chờ và không hỏng",
                   "job " + text + " is neither waiting nor given up");
    return exit_failed;
  }
  in.out.line(in.out.pick("sẽ làm lại việc ", "will try job ") + text);
  return exit_ok;
}

}  // namespace app

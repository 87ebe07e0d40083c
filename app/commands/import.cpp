#include "app/commands/commands.h"
#include "app/commands/support.h"
#include "app/errors.h"
#include "app/import/importer.h"

namespace app {
namespace {

namespace importing = app::importing;

constexpr std::size_t kProblemsShown = 200;

void print_json_summary(Invocation& in, const importing::Summary& summary) {
  std::vector<cc::Json> problems;
  for (const auto& problem : summary.problems) {
    problems.push_back(cc::json_object(
        {{"file", cc::json_string(problem.file)},
         {"line", cc::json_number(problem.line)},
         {"column", cc::json_string(problem.column)},
         {"value", cc::json_string(problem.value)},
         {"cure", cc::json_string(in.out.pick(problem.cure_vi, problem.cure_en))}}));
  }
  std::vector<std::pair<std::string, cc::Json>> members;
  for (const auto& [kind, counts] : summary.counts) {
    members.emplace_back(std::string(importing::to_string(kind)),
                         cc::json_object({{"rows", cc::json_number(counts.rows)},
                                          {"inserted", cc::json_number(counts.inserted)},
                                          {"updated", cc::json_number(counts.updated)},
                                          {"unchanged", cc::json_number(counts.unchanged)}}));
  }
  members.emplace_back("problems", cc::json_array(std::move(problems)));
  members.emplace_back("written", cc::json_flag(summary.written));
  print_json(in, members);
}

void print_summary(Invocation& in, const importing::Summary& summary) {
  std::size_t shown = 0;
  for (const auto& problem : summary.problems) {
    if (++shown > kProblemsShown) break;
    auto where = problem.file + ":" + std::to_string(problem.line);
    if (!problem.column.empty()) where += ": " + problem.column;
    if (!problem.value.empty()) where += " = \"" + problem.value + "\"";
    in.out.problem(where + ": " + problem.cure_vi, where + ": " + problem.cure_en);
  }
  std::vector<std::vector<std::string>> rows = {
      {"", in.out.pick("DÒNG", "ROWS"), in.out.pick("MỚI", "NEW"), in.out.pick("SỬA", "CHANGED"),
       in.out.pick("NHƯ CŨ", "SAME")}};
  for (const auto& [kind, counts] : summary.counts) {
    rows.push_back({std::string(importing::to_string(kind)), std::to_string(counts.rows),
                    std::to_string(counts.inserted), std::to_string(counts.updated),
                    std::to_string(counts.unchanged)});
  }
  in.out.table(rows);
  if (!summary.written) in.out.say("(không ghi gì)", "(nothing was written)");
}

base::Result<importing::Summary> read_in(Invocation& in, WriteSession& session,
                                         importing::Mode mode) {
  Progress progress(in.out, session.wiring().clock());
  const auto show = [&](std::int64_t rows) {
    const auto count = std::to_string(rows);
    progress.show(count + " dòng", count + " rows");
  };
  return importing::import_path(session.store(), session.wiring().clock(), in.word(0), mode, show,
                                "cli");
}

int run_import(Invocation& in, importing::Mode mode) {
  WriteSession session(in);
  const auto summary = read_in(in, session, mode);
  if (!summary) {
    say_error(in.out, summary.error());
    return exit_usage;
  }
  if (in.out.json()) {
    print_json_summary(in, summary.value());
  } else {
    print_summary(in, summary.value());
  }
  if (summary.value().problems.empty()) return exit_ok;
  return summary.value().written ? exit_partly : exit_failed;
}

}  // namespace

int import_check(Invocation& in) {
  return run_import(in, importing::Mode::check);
}

int import_apply(Invocation& in) {
  if (in.dry_run()) return run_import(in, importing::Mode::check);
  return run_import(in,
                    in.has("partial") ? importing::Mode::partial : importing::Mode::all_or_nothing);
}

}  // namespace app

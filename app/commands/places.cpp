// Places that visitors go to, and producers, as open data.
#include "app/commands/commands.h"
#include "app/commands/support.h"
#include "app/errors.h"
#include "app/open_data/place_export.h"
#include "base/replace_file.h"

namespace app {
namespace {

struct Public {
  std::vector<catalog::Place> places;
  std::vector<catalog::Producer> producers;
  std::vector<catalog::Product> products;
};

Public read_public(ReadSession& session) {
  Public out;
  session.store().read([&](jobs::Tables& tables) {
    out.places = tables.catalog.places.places();
    out.producers = tables.catalog.products.producers();
    out.products = tables.catalog.products.products();
  });
  return out;
}

std::string where(const catalog::Place& place) {
  const auto& ward = place.ward;
  return ward.name + (ward.name.empty() || ward.province_name.empty() ? "" : ", ") +
         ward.province_name;
}

// The text of the wanted format; nothing when there is no such format.
std::optional<std::string> formatted(const Public& data, const std::string& format) {
  if (format == "jsonld")
    return open_data::to_json_ld({data.places, data.producers, data.products});
  if (format == "csv") return open_data::places_csv(data.places);
  if (format == "producers-csv") return open_data::producers_csv(data.producers);
  return std::nullopt;
}

}  // namespace

int places_list(Invocation& in) {
  ReadSession session(in);
  const auto data = read_public(session);
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("ĐỊA ĐIỂM", "PLACE"), in.out.pick("LOẠI", "KIND"), in.out.pick("TÊN", "NAME"),
       in.out.pick("Ở ĐÂU", "WHERE"), in.out.pick("GIỜ MỞ CỬA", "OPEN")}};
  std::vector<cc::Json> list;
  for (const auto& place : data.places) {
    std::string hours;
    for (const auto& entry : place.opening_hours) hours += (hours.empty() ? "" : "; ") + entry;
    const auto& name = place.name.en.empty() ? place.name.vi : place.name.en;
    rows.push_back({place.id.text, std::string(to_string(place.kind)),
                    in.out.pick(place.name.vi, name), where(place), hours});
    list.push_back(cc::json_object({{"place", cc::json_string(place.id.text)},
                                    {"kind", cc::json_string(to_string(place.kind))},
                                    {"name_vi", cc::json_string(place.name.vi)},
                                    {"name_en", cc::json_string(place.name.en)},
                                    {"where", cc::json_string(where(place))},
                                    {"opening_hours", cc::json_string(hours)}}));
  }
  if (in.out.json()) {
    print_json(in, {{"places", cc::json_array(std::move(list))}});
  } else {
    in.out.table(rows);
  }
  return exit_ok;
}

int places_export(Invocation& in) {
  const auto format = in.option("format", "jsonld");
  ReadSession session(in);
  const auto data = read_public(session);
  const auto text = formatted(data, format);
  if (!text) {
    in.out.problem("--format = " + format + ": phải là jsonld, csv hoặc producers-csv",
                   "--format = " + format + ": must be jsonld, csv or producers-csv");
    return exit_usage;
  }
  const auto path = in.option("out");
  if (path.empty()) {
    in.out.document(*text);
    return exit_ok;
  }
  const auto places = std::to_string(data.places.size());
  const auto producers = std::to_string(data.producers.size());
  if (in.dry_run()) {
    in.out.say("sẽ ghi " + places + " địa điểm, " + producers + " nhà sản xuất vào " + path,
               "would write " + places + " places, " + producers + " producers to " + path);
    return exit_ok;
  }
  if (const auto status = base::replace_file(path, *text, base::Readers::all); !status) {
    in.out.problem("không ghi được tệp: " + status.error().message,
                   "the file was not written: " + status.error().message);
    return exit_failed;
  }
  if (in.out.json()) {
    print_json(in,
               {{"file", cc::json_string(path)},
                {"places", cc::json_number(static_cast<std::int64_t>(data.places.size()))},
                {"producers", cc::json_number(static_cast<std::int64_t>(data.producers.size()))}});
  } else {
    in.out.say("đã ghi " + path, "wrote " + path);
  }
  return exit_ok;
}

}  // namespace app

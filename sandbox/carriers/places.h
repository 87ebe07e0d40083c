#pragma once
// A handful of real places, as both carriers list them: before July 2025 in three levels, since
// then in two. Ids are the sandbox's own, as each carrier has its own. Threads: constants.
#include <array>
#include <string_view>

namespace sandbox::carriers {

struct Place {
  int id;
  int parent;  // 0 for provinces
  std::string_view code;
  std::string_view name;
};

inline constexpr std::array kOldProvinces{
    Place{80, 0, "LAN", "Long An"},
    Place{51, 0, "QNI", "Quảng Ngãi"},
    Place{77, 0, "VTU", "Bà Rịa - Vũng Tàu"},
};
inline constexpr std::array kOldDistricts{
    Place{801, 80, "808", "Huyện Châu Thành"},
    Place{802, 80, "807", "Huyện Cần Giuộc"},
    Place{511, 51, "533", "Huyện Mộ Đức"},
};
inline constexpr std::array kOldWards{
    Place{8011, 801, "28237", "Xã Dương Xuân Hội"},
    Place{8012, 801, "28243", "Xã Long Trì"},
    Place{8021, 802, "28159", "Thị trấn Cần Giuộc"},
    Place{5111, 511, "21433", "Xã Đức Phong"},
};
inline constexpr std::array kNewProvinces{
    Place{1080, 0, "80", "Tây Ninh"},
    Place{1051, 0, "51", "Quảng Ngãi"},
    Place{1079, 0, "79", "Hồ Chí Minh"},
};
inline constexpr std::array kNewWards{
    Place{10801, 1080, "28243", "Xã An Lục Long"},
    Place{10802, 1080, "28159", "Xã Cần Giuộc"},
    Place{10511, 1051, "21433", "Xã Lân Phong"},
};

}  // namespace sandbox::carriers

// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <hdf5.h>

#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "fusor/model/weight_source.hpp"

/// The weights of a model, in an HDF5 file in memory.
namespace fusor::detail::models {

/// Something of the HDF5 library that is closed at the end.
class hdf5_object {
 public:
  hdf5_object(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
  hdf5_object(hdf5_object&& other) noexcept
      : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  hdf5_object(const hdf5_object&) = delete;
  hdf5_object& operator=(const hdf5_object&) = delete;
  ~hdf5_object() {
    if (id_ >= 0) close_(id_);
  }

  operator hid_t() const {
    return id_;
  }
  bool is_there() const {
    return id_ >= 0;
  }

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

/// Errors are told here, not by the library, which would print them.
class quiet_hdf5 {
 public:
  quiet_hdf5() {
    H5Eget_auto2(H5E_DEFAULT, &print_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  quiet_hdf5(const quiet_hdf5&) = delete;
  quiet_hdf5& operator=(const quiet_hdf5&) = delete;
  ~quiet_hdf5() {
    H5Eset_auto2(H5E_DEFAULT, print_, data_);
  }

 private:
  H5E_auto2_t print_ = nullptr;
  void* data_ = nullptr;
};

class weights_file final : public weight_source {
 public:
  explicit weights_file(std::string_view bytes) : bytes_(bytes), file_(open(bytes)) {
    if (!file_.is_there()) {
      refuse_model("its weights are no HDF5 file, or a damaged one");
    }
  }

  /// Each step of the path must be a link within this file.
  bool has(const std::string& path) const override {
    for (std::size_t end = 0; end != std::string::npos;) {
      end = path.find('/', end + 1);
      const std::string part = path.substr(0, end);
      if (H5Lexists(file_, part.c_str(), H5P_DEFAULT) <= 0) return false;
      H5L_info_t info;
      if (H5Lget_info(file_, part.c_str(), &info, H5P_DEFAULT) < 0) return false;
      if (info.type != H5L_TYPE_HARD) {
        refuse_model("its weights have a link to elsewhere: " + in_quotes(part));
      }
    }
    return true;
  }

  bool holds_anything(const std::string& group) const override {
    const bool has_vars = has(group + "/vars");
    return links_in(group) > (has_vars ? 1 : 0) || (has_vars && links_in(group + "/vars") > 0);
  }

  std::string name_of(const std::string& group) const override {
    if (H5Aexists_by_name(file_, group.c_str(), "name", H5P_DEFAULT) <= 0) return "";
    const hdf5_object attribute(
        H5Aopen_by_name(file_, group.c_str(), "name", H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
    const hdf5_object type(H5Aget_type(attribute), H5Tclose);
    const hdf5_object space(H5Aget_space(attribute), H5Sclose);
    if (!space.is_there() || H5Tget_class(type) != H5T_STRING ||
        H5Sget_simple_extent_npoints(space) != 1) {
      return "";
    }
    constexpr std::size_t longest = 1 << 16;
    if (H5Tis_variable_str(type) > 0) {
      const hdf5_object memory_type(H5Tcopy(H5T_C_S1), H5Tclose);
      H5Tset_size(memory_type, H5T_VARIABLE);
      H5Tset_cset(memory_type, H5Tget_cset(type));
      char* text = nullptr;
      if (H5Aread(attribute, memory_type, &text) < 0 || text == nullptr) return "";
      std::string name(text, strnlen(text, longest));
      H5free_memory(text);
      return name;
    }
    const std::size_t size = H5Tget_size(type);
    if (size == 0 || size > longest) return "";
    std::string name(size, '\0');
    if (H5Aread(attribute, type, name.data()) < 0) return "";
    return name.substr(0, name.find('\0'));
  }

  tensor read(const std::string& path, const extents& expected,
              const std::string& whose) const override {
    const std::string what = whose + ": the weight " + in_quotes(path);
    if (!has(path)) refuse_model(what + " is missing");
    const hdf5_object set(H5Dopen2(file_, path.c_str(), H5P_DEFAULT), H5Dclose);
    if (!set.is_there()) refuse_model(what + " is no data set");
    const hdf5_object type(H5Dget_type(set), H5Tclose);
    const hdf5_object space(H5Dget_space(set), H5Sclose);
    const hdf5_object creation(H5Dget_create_plist(set), H5Pclose);
    if (!type.is_there() || !space.is_there() || !creation.is_there()) {
      refuse_model(what + " is damaged");
    }
    if (H5Tget_class(type) != H5T_FLOAT) {
      refuse_model(what +
                   " holds no floating-point numbers; models with quantised weights are not "
                   "supported");
    }
    const tensor read_now{shape_of(space, what), {}};
    if (read_now.shape != expected) {
      refuse_model(what + " has the shape " + print(read_now.shape) + ", the layer needs " +
                   print(expected));
    }
    // What lies in another file, and what unpacks to more than the file holds, is not read.
    const H5D_layout_t layout = H5Pget_layout(creation);
    if ((layout != H5D_CONTIGUOUS && layout != H5D_COMPACT) ||
        H5Pget_external_count(creation) != 0) {
      refuse_model(what + " is not stored in one piece, as Keras stores it");
    }
    const std::size_t count = count_of(expected);
    if (count * H5Tget_size(type) > bytes_.size()) refuse_model(what + " is not all there");
    tensor made{expected, std::vector<double>(count)};
    if (count > 0 &&
        H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, made.values.data()) < 0) {
      refuse_model(what + " cannot be read");
    }
    return made;
  }

 private:
  hsize_t links_in(const std::string& group) const {
    H5G_info_t info;
    if (!has(group) || H5Gget_info_by_name(file_, group.c_str(), &info, H5P_DEFAULT) < 0) return 0;
    return info.nlinks;
  }

  static hdf5_object open(std::string_view bytes) {
    const hdf5_object access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    constexpr std::size_t growth = 65536;
    H5Pset_fapl_core(access, growth, false);
    // The library copies the image; it does not write to it.
    std::string image(bytes);
    if (image.empty() || H5Pset_file_image(access, image.data(), image.size()) < 0) {
      return {-1, H5Fclose};
    }
    return {H5Fopen("model.weights.h5", H5F_ACC_RDONLY, access), H5Fclose};
  }

  static extents shape_of(hid_t space, const std::string& what) {
    constexpr int most_axes = 8;
    const int axes = H5Sget_simple_extent_ndims(space);
    if (axes < 0 || axes > most_axes) refuse_model(what + " has more than 8 axes");
    hsize_t sizes[most_axes] = {};
    if (H5Sget_simple_extent_dims(space, sizes, nullptr) < 0) refuse_model(what + " is damaged");
    return extents(sizes, sizes + axes);
  }

  std::string_view bytes_;
  quiet_hdf5 quiet_{};
  hdf5_object file_;
};

}  // namespace fusor::detail::models

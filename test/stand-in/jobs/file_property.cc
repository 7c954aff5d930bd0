// SPDX-License-Identifier: MIT

#include "stand-in/jobs/file_property.h"

#include <utility>

#include "stand-in/com/hresult.h"
#include "stand-in/com/variant.h"
#include "stand-in/jobs/add_file.h"
#include "stand-in/transfer/temporary_file.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

namespace {

HRESULT SetSink(FileRecord& file, const VARIANT& value) {
  std::wstring path;
  HRESULT hr = TakeVariant(value, path);
  if (FAILED(hr)) return hr;
  hr = CheckLocalName(path);
  if (FAILED(hr)) return hr;
  if (!file.local_name.empty()) return Hresult(DO_E_FILE_DOWNLOADSINK_ALREADY_SET);
  hr = TemporaryFile::Create(path, file.source.temporary_path);
  if (SUCCEEDED(hr)) file.local_name = std::move(path);
  return hr;
}

HRESULT SetMandatory(FileRecord& file, const VARIANT& value) {
  bool mandatory = false;
  const HRESULT hr = TakeVariant(value, mandatory);
  if (SUCCEEDED(hr)) file.integrity_mandatory = mandatory;
  return hr;
}

}  // namespace

// DOC: IDeliveryOptimizationFile2::GetProperty, Return value,
// learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationfile2-getproperty
HRESULT GetFileProperty(const FileRecord& file, DOFilePropertyId id, VARIANT* value) {
  switch (id) {
    case DOFilePropertyId_DecryptionInfo:
    case DOFilePropertyId_IntegrityCheckInfo:
      return Hresult(DO_E_WRITE_ONLY_PROPERTY);
    case DOFilePropertyId_IntegrityCheckMandatory:
      if (!file.integrity_mandatory) return kNotSet;
      return GiveVariant(*file.integrity_mandatory, value);
    case DOFilePropertyId_DownloadSinkFilePath:
      if (file.local_name.empty()) return kNotSet;
      return GiveVariant(file.local_name, value);
    case DOFilePropertyId_TotalSizeBytes:
      if (file.state.total != kUnknownSize) return GiveVariant(file.state.total, value);
      if (file.declared_size != kUnknownSize) return GiveVariant(file.declared_size, value);
      return kNotSet;
    // The first is not described; the second is "deprecated. Do not use".
    case DOFilePropertyId_DownloadSinkInterface:
    case DOFilePropertyId_DownloadSinkMemoryStream:
      return E_NOTIMPL;
  }
  return Hresult(DO_E_UNKNOWN_PROPERTY_ID);
}

// DOC: IDeliveryOptimizationFile2::SetProperty, Return value,
// learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationfile2-setproperty
HRESULT SetFileProperty(FileRecord& file, DOFilePropertyId id, const VARIANT& value) {
  switch (id) {
    case DOFilePropertyId_DecryptionInfo:
      return TakeVariant(value, file.decryption_info);
    case DOFilePropertyId_IntegrityCheckInfo:
      return TakeVariant(value, file.integrity_info);
    case DOFilePropertyId_IntegrityCheckMandatory:
      return SetMandatory(file, value);
    case DOFilePropertyId_DownloadSinkFilePath:
      return SetSink(file, value);
    case DOFilePropertyId_TotalSizeBytes:
      return TakeVariant(value, file.declared_size);
    case DOFilePropertyId_DownloadSinkInterface:
      return E_NOTIMPL;
    case DOFilePropertyId_DownloadSinkMemoryStream:
      return Hresult(DO_E_MEMORYSTREAM_DOWNLOAD_NOT_SUPPORTED);
  }
  return Hresult(DO_E_UNKNOWN_PROPERTY_ID);
}

}  // namespace dosvc_stand_in

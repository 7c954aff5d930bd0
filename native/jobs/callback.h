// SPDX-License-Identifier: MIT
//
// The callbacks that a client implements:
// https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopycallback The
// layouts are those of Bits.Idl, bits3_0.idl, bits10_1.idl and bits10_3.idl.
#pragma once

#include "jobs/job.h"

namespace dosvc::abi {

struct IBackgroundCopyCallback : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE JobTransferred(IBackgroundCopyJob* pJob) = 0;
  virtual HRESULT STDMETHODCALLTYPE JobError(IBackgroundCopyJob* pJob,
                                             IBackgroundCopyError* pError) = 0;
  virtual HRESULT STDMETHODCALLTYPE JobModification(IBackgroundCopyJob* pJob, DWORD dwReserved) = 0;
};
template <>
struct IidOf<IBackgroundCopyCallback> {
  static constexpr IID value = {
      0x97ea99c7, 0x0186, 0x4ad4, {0x8d, 0xf9, 0xc5, 0xb4, 0xe0, 0xed, 0x6b, 0x22}};
};

struct IBackgroundCopyCallback2 : IBackgroundCopyCallback {
  virtual HRESULT STDMETHODCALLTYPE FileTransferred(IBackgroundCopyJob* pJob,
                                                    IBackgroundCopyFile* pFile) = 0;
};
template <>
struct IidOf<IBackgroundCopyCallback2> {
  static constexpr IID value = {
      0x659cdeac, 0x489e, 0x11d9, {0xa9, 0xcd, 0x00, 0x0d, 0x56, 0x96, 0x52, 0x51}};
};

struct IBackgroundCopyCallback3 : IBackgroundCopyCallback2 {
  virtual HRESULT STDMETHODCALLTYPE FileRangesTransferred(IBackgroundCopyJob* job,
                                                          IBackgroundCopyFile* file,
                                                          DWORD rangeCount,
                                                          const BG_FILE_RANGE* ranges) = 0;
};
template <>
struct IidOf<IBackgroundCopyCallback3> {
  static constexpr IID value = {
      0x98c97bd2, 0xe32b, 0x4ad8, {0xa5, 0x28, 0x95, 0xfd, 0x8b, 0x16, 0xbd, 0x42}};
};

struct AsyncIBackgroundCopyCallback : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE Begin_JobTransferred(IBackgroundCopyJob* pJob) = 0;
  virtual HRESULT STDMETHODCALLTYPE Finish_JobTransferred() = 0;
  virtual HRESULT STDMETHODCALLTYPE Begin_JobError(IBackgroundCopyJob* pJob,
                                                   IBackgroundCopyError* pError) = 0;
  virtual HRESULT STDMETHODCALLTYPE Finish_JobError() = 0;
  virtual HRESULT STDMETHODCALLTYPE Begin_JobModification(IBackgroundCopyJob* pJob,
                                                          DWORD dwReserved) = 0;
  virtual HRESULT STDMETHODCALLTYPE Finish_JobModification() = 0;
};
template <>
struct IidOf<AsyncIBackgroundCopyCallback> {
  static constexpr IID value = {
      0xca29d251, 0xb4bb, 0x4679, {0xa3, 0xd9, 0xae, 0x80, 0x06, 0x11, 0x9d, 0x54}};
};

struct IBackgroundCopyServerCertificateValidationCallback : IUnknown {
  virtual HRESULT STDMETHODCALLTYPE ValidateServerCertificate(IBackgroundCopyJob* job,
                                                              IBackgroundCopyFile* file,
                                                              DWORD certLength,
                                                              const BYTE* certData,
                                                              DWORD certEncodingType,
                                                              DWORD certStoreLength,
                                                              const BYTE* certStoreData) = 0;
};
template <>
struct IidOf<IBackgroundCopyServerCertificateValidationCallback> {
  static constexpr IID value = {
      0x4cec0d02, 0xdef7, 0x4158, {0x81, 0x3a, 0xc3, 0x2a, 0x46, 0x94, 0x5f, 0xf7}};
};

}  // namespace dosvc::abi

import { mediaTypeOf } from './media-type';

describe('what a file is', () => {
  it.each([
    ['%PDF-1.7\n%âãÏÓ', 'application/pdf'],
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
    ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
    ['<?xml version="1.0"?><Invoice/>', 'application/xml'],
    ['\xef\xbb\xbf\n<ubl:Invoice xmlns:ubl="x"/>', 'application/xml'],
  ])('is told from how it begins: %j', (beginning, mediaType) => {
    expect(mediaTypeOf(Buffer.from(beginning, 'latin1'))).toBe(mediaType);
  });

  it.each([
    'MZ\x90\0',
    'PK\x03\x04',
    '<!DOCTYPE html><script>',
    '<svg onload="x">',
    '<html>',
    '',
    'x%PDF-1.7',
    '#!/bin/sh',
  ])('is nothing that is kept: %j', (beginning) =>
    expect(mediaTypeOf(Buffer.from(beginning, 'latin1'))).toBeUndefined(),
  );
});
